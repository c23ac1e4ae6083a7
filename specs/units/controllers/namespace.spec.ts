// What a namespace has from its beginning, and how it ends.

import { expect } from 'chai'
import { configMap } from '../../../src/simulator/kinds/config-map.ts'
import { namespace } from '../../../src/simulator/kinds/namespace.ts'
import { pod } from '../../../src/simulator/kinds/pod/pod.ts'
import { serviceAccount } from '../../../src/simulator/kinds/service-account.ts'
import { namespaceController } from '../../../src/simulator/controllers/namespace.ts'
import { rootCaPublisher } from '../../../src/simulator/controllers/root-ca-publisher.ts'
import { serviceAccountController } from '../../../src/simulator/controllers/service-account.ts'
import { controlPlane } from './control-plane.ts'

const CONTAINERS = { containers: [{ name: 'main', image: 'busybox' }] }

function plane() {
  const made = controlPlane([namespaceController, rootCaPublisher, serviceAccountController])
  made.create(namespace, 'shop')
  made.pass(1_000)
  return made
}

describe('a namespace', () => {
  it('gets its default ServiceAccount and the root certificate, and gets them back', () => {
    const { registry, names, pass } = plane()
    const own = () => [names(serviceAccount, 'shop'), names(configMap, 'shop')]
    expect(own()).to.deep.equal([['default'], ['kube-root-ca.crt']])
    registry.delete(serviceAccount, { namespace: 'shop', name: 'default' })
    registry.delete(configMap, { namespace: 'shop', name: 'kube-root-ca.crt' })
    pass(1_000)
    expect(own()).to.deep.equal([['default'], ['kube-root-ca.crt']])
  })

  it('puts back what somebody wrote into the certificate', () => {
    const { registry, pass } = plane()
    const ref = { namespace: 'shop', name: 'kube-root-ca.crt' }
    registry.change(configMap, ref, (old) => ({ ...old, data: { 'ca.crt': 'forged' } }))
    pass(1_000)
    expect(registry.get(configMap, ref).data).to.deep.equal({ 'ca.crt': 'CA' })
  })

  it('goes about six seconds after its deletion, with everything in it', () => {
    const { registry, create, names, pass } = plane()
    create(configMap, 'settings', { data: { a: '1' } }, 'shop')
    registry.delete(namespace, { name: 'shop' })
    pass(4_900)
    expect(names(configMap, 'shop')).to.include('settings')
    pass(1_600)
    expect([names(configMap, 'shop'), names(namespace)]).to.deep.equal([
      [],
      ['default', 'kube-node-lease', 'kube-public', 'kube-system'],
    ])
  })

  it('waits for its Pods before anything else goes, and says so', () => {
    const { registry, create, names, pass } = plane()
    create(pod, 'slow', { metadata: { finalizers: ['example.com/hold'] }, spec: CONTAINERS }, 'shop')
    registry.delete(namespace, { name: 'shop' })
    pass(7_000)
    const conditions = registry.get(namespace, { name: 'shop' }).status?.conditions ?? []
    expect(names(configMap, 'shop')).to.deep.equal(['kube-root-ca.crt'])
    expect(conditions.filter(({ status }) => status === 'True').map(({ message }) => message)).to.deep.equal([
      'Some resources are remaining: pods. has 1 resource instances',
      'Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances',
    ])
  })

  it('takes back no new ServiceAccount while it goes', () => {
    const { registry, create, names, pass } = plane()
    create(configMap, 'held', { metadata: { finalizers: ['example.com/hold'] } }, 'shop')
    registry.delete(namespace, { name: 'shop' })
    pass(20_000)
    expect([names(serviceAccount, 'shop'), names(configMap, 'shop')]).to.deep.equal([[], ['held']])
  })
})
