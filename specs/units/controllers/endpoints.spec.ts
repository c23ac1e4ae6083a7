// Where a Service leads, by the readiness of its Pods.

import { expect } from 'chai'
import { endpointSliceController } from '../../../src/simulator/controllers/endpoint-slice.ts'
import { endpointsController } from '../../../src/simulator/controllers/endpoints.ts'
import { serviceAccountController } from '../../../src/simulator/controllers/service-account.ts'
import { endpointSlice } from '../../../src/simulator/kinds/endpoint-slice.ts'
import { endpoints } from '../../../src/simulator/kinds/endpoints.ts'
import { pod } from '../../../src/simulator/kinds/pod/pod.ts'
import { service } from '../../../src/simulator/kinds/service/service.ts'
import { controlPlane, running } from './control-plane.ts'

const WEB = { metadata: { labels: { app: 'web' } } }
const SPEC = {
  containers: [{ name: 'main', image: 'busybox', ports: [{ name: 'http', containerPort: 8080 }] }],
}

function plane() {
  const made = controlPlane([endpointSliceController, endpointsController, serviceAccountController])
  made.create(service, 'web', {
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] },
  })
  for (const name of ['a', 'b']) made.create(pod, name, { ...WEB, spec: SPEC })
  made.pass(1_000)
  const slices = () =>
    made.registry.list(endpointSlice, 'default').filter(({ metadata }) => metadata.name?.startsWith('web-'))
  return {
    ...made,
    slices,
    shown: () => {
      const [subset] = made.registry.get(endpoints, { namespace: 'default', name: 'web' }).subsets ?? []
      const addresses = (list: readonly { ip: string }[] = []) => list.map(({ ip }) => ip)
      const conditions = slices()
        .flatMap((slice) => slice.endpoints ?? [])
        .map(({ conditions }) => conditions)
      return {
        ready: addresses(subset?.addresses),
        notReady: addresses(subset?.notReadyAddresses),
        ports: subset?.ports?.map(({ port }) => port),
        conditions,
      }
    },
  }
}

describe('the endpoints of a Service', () => {
  it('are an empty slice before any Pod has an address', () => {
    const { slices } = plane()
    expect(slices().map((slice) => [slice.endpoints, slice.ports])).to.deep.equal([[null, null]])
  })

  it('tell ready Pods from those that are not', () => {
    const { report, pass, shown } = plane()
    report('a', running('10.244.0.2'))
    report('b', running('10.244.0.3', false))
    pass(1_000)
    expect(shown()).to.deep.equal({
      ready: ['10.244.0.2'],
      notReady: ['10.244.0.3'],
      ports: [8080],
      conditions: [
        { ready: true, serving: true, terminating: false },
        { ready: false, serving: false, terminating: false },
      ],
    })
  })

  it('keep a Pod on its way out in the slice, serving and not ready, and not in the older list', () => {
    const { registry, report, pass, shown } = plane()
    report('a', running('10.244.0.2'), { nodeName: 'node-1' })
    pass(1_000)
    registry.delete(pod, { namespace: 'default', name: 'a' })
    pass(1_000)
    expect(shown()).to.deep.include({
      ready: [],
      conditions: [{ ready: false, serving: true, terminating: true }],
    })
  })

  it('lose a Pod that has ended', () => {
    const { report, pass, shown } = plane()
    report('a', running('10.244.0.2'))
    pass(1_000)
    report('a', { ...running('10.244.0.2', false), phase: 'Succeeded' })
    pass(1_000)
    expect(shown()).to.deep.include({ ready: [], notReady: [], conditions: [] })
  })

  it('stand in slices of a hundred', () => {
    const { create, report, pass, slices } = plane()
    for (let i = 0; i < 150; i++) {
      create(pod, `web-${i}`, { ...WEB, spec: SPEC })
      report(`web-${i}`, running(`10.244.1.${i}`))
    }
    pass(1_000)
    expect(
      slices()
        .map((slice) => slice.endpoints?.length ?? 0)
        .toSorted((a, b) => b - a),
    ).to.deep.equal([100, 50])
  })

  it('go with their Service', () => {
    const { registry, pass, slices } = plane()
    registry.delete(service, { namespace: 'default', name: 'web' })
    pass(1_000)
    expect([slices(), registry.find(endpoints, { namespace: 'default', name: 'web' })]).to.deep.equal([
      [],
      undefined,
    ])
  })
})
