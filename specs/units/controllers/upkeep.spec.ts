// What the control plane keeps up to date, and what it forgets.

import { expect } from 'chai'
import { eventExpiry } from '../../../src/simulator/controllers/event-expiry.ts'
import { resourceQuotaController } from '../../../src/simulator/controllers/resource-quota.ts'
import { serviceAccountController } from '../../../src/simulator/controllers/service-account.ts'
import { configMap } from '../../../src/simulator/kinds/config-map.ts'
import { event } from '../../../src/simulator/kinds/event.ts'
import { pod } from '../../../src/simulator/kinds/pod/pod.ts'
import { resourceQuota } from '../../../src/simulator/kinds/resource-quota.ts'
import { controlPlane } from './control-plane.ts'

const REF = { namespace: 'default', name: 'q' }
const resources = { requests: { cpu: '600m' } }
const spec = { containers: [{ name: 'main', image: 'busybox:1.28', resources }] }

describe('the status of a ResourceQuota', () => {
  it('counts what comes, gives back what goes, and follows the spec', () => {
    const { create, registry, pass } = controlPlane([serviceAccountController, resourceQuotaController])
    const used = () => {
      pass(1_000)
      return registry.get(resourceQuota, REF).status?.used
    }
    create(resourceQuota, 'q', { spec: { hard: { pods: '3', 'requests.cpu': '1', configmaps: '9' } } })
    expect(used()).to.deep.equal({ configmaps: '0', pods: '0', 'requests.cpu': '0' })
    create(pod, 'a', { spec })
    create(configMap, 'settings')
    expect(used()).to.deep.equal({ configmaps: '1', pods: '1', 'requests.cpu': '600m' })
    registry.delete(pod, { namespace: 'default', name: 'a' }, { gracePeriodSeconds: 0 })
    expect(used()).to.include({ pods: '0', 'requests.cpu': '0' })
    registry.change(resourceQuota, REF, (old) => ({ ...old, spec: { hard: { secrets: '1' } } }))
    expect(used()).to.deep.equal({ secrets: '0' })
  })
})

describe('an Event', () => {
  const involvedObject = { kind: 'Pod', namespace: 'default', name: 'p' }

  it('is forgotten an hour after it was last written', () => {
    const { create, registry, pass, store } = controlPlane([eventExpiry])
    const names = () => store.list('events').map(({ metadata }) => metadata.name)
    create(event, 'once', { involvedObject, reason: 'Once' })
    create(event, 'again', { involvedObject, reason: 'Again' })
    pass(1_800_000)
    registry.change(event, { namespace: 'default', name: 'again' }, (old) => ({ ...old, count: 2 }))
    pass(1_801_000)
    expect(names()).to.deep.equal(['again'])
    pass(1_800_000)
    expect(names()).to.deep.equal([])
  })
})
