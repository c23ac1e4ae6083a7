// Services get addresses and node ports of their own, and keep them.

import { expect } from 'chai'
import type { Service } from '../../../src/simulator/kinds/service/service.ts'
import { service } from '../../../src/simulator/kinds/service/service.ts'
import { refusal, world } from './world.ts'

const named = (name: string, spec: Service['spec'] = { ports: [{ port: 80 }] }): Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace: 'shop', name },
  ...(spec && { spec }),
})

describe('a Service', () => {
  it('gets an address that no other Service has', () => {
    const registry = world('shop')
    const addresses = Array.from(
      { length: 50 },
      (_, i) => registry.create(service, named(`s${i}`)).spec?.clusterIP,
    )
    expect(new Set(addresses).size).to.equal(50)
    expect(addresses.every((address) => address?.startsWith('10.96.'))).to.equal(true)
  })

  it('may ask for an address, once in the cluster', () => {
    const registry = world('shop')
    const spec = { ports: [{ port: 80 }], clusterIP: '10.96.0.10' }
    expect(registry.create(service, named('a', spec)).spec?.clusterIPs).to.deep.equal(['10.96.0.10'])
    expect(refusal(() => registry.create(service, named('b', spec)))).to.contain(
      'provided IP is already allocated',
    )
  })

  it('keeps its address when it becomes a NodePort, and gets ports', () => {
    const registry = world('shop')
    const before = registry.create(service, named('a'))
    const after = registry.change(service, { namespace: 'shop', name: 'a' }, (old) => ({
      ...old,
      spec: { ...old.spec, type: 'NodePort' },
    }))
    expect(after.spec?.clusterIP).to.equal(before.spec?.clusterIP)
    expect(after.spec?.ports?.[0]?.nodePort).to.be.within(30_000, 32_767)
  })

  it('gives its node ports back when it is a ClusterIP again', () => {
    const registry = world('shop')
    registry.create(service, named('a', { type: 'NodePort', ports: [{ port: 80 }] }))
    const after = registry.change(service, { namespace: 'shop', name: 'a' }, (old) => ({
      ...old,
      spec: { ...old.spec, type: 'ClusterIP' },
    }))
    expect(after.spec?.ports?.[0]).to.not.have.property('nodePort')
  })

  it('without an address stays without one', () => {
    const headless = world('shop').create(service, named('a', { clusterIP: 'None', ports: [{ port: 80 }] }))
    expect(headless.spec?.clusterIPs).to.deep.equal(['None'])
  })
})
