// What admission adds to a Pod, and what it refuses.

import { expect } from 'chai'
import { pod } from '../../../src/simulator/kinds/pod/pod.ts'
import type { Pod } from '../../../src/simulator/kinds/pod/pod.ts'
import { namespace } from '../../../src/simulator/kinds/namespace.ts'
import { serviceAccount } from '../../../src/simulator/kinds/service-account.ts'
import { refusal, world } from './world.ts'

const minimal = (spec: Partial<NonNullable<Pod['spec']>> = {}, inNamespace = 'shop'): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: inNamespace, name: 'p' },
  spec: { containers: [{ name: 'c', image: 'busybox' }], ...spec },
})

describe('admission', () => {
  it('gives a Pod the default service account, its token, tolerations and a priority', () => {
    const { spec } = world('shop').create(pod, minimal())
    expect(spec?.serviceAccountName).to.equal('default')
    expect(spec?.containers[0]?.volumeMounts?.[0]?.name).to.match(/^kube-api-access-[b-z2-9]{5}$/)
    expect(spec?.volumes?.[0]?.projected?.sources).to.have.length(3)
    expect(spec?.tolerations?.map(({ key }) => key)).to.deep.equal([
      'node.kubernetes.io/not-ready',
      'node.kubernetes.io/unreachable',
    ])
    expect(spec?.priority).to.equal(0)
  })

  it('gives no token to a Pod that does not want one', () => {
    const { spec } = world('shop').create(pod, minimal({ automountServiceAccountToken: false }))
    expect(spec?.volumes).to.equal(undefined)
  })

  it('hands on the pull secrets of the service account', () => {
    const registry = world('shop')
    registry.change(serviceAccount, { namespace: 'shop', name: 'default' }, (old) => ({
      ...old,
      imagePullSecrets: [{ name: 'regcred' }],
    }))
    expect(registry.create(pod, minimal()).spec?.imagePullSecrets).to.deep.equal([{ name: 'regcred' }])
  })

  it('refuses a Pod whose service account, priority class or runtime class does not exist', () => {
    const create = (spec: Partial<NonNullable<Pod['spec']>>) =>
      refusal(() => world('shop').create(pod, minimal(spec)))
    expect(create({ serviceAccountName: 'nope' })).to.equal(
      'pods "p" is forbidden: error looking up service account shop/nope: serviceaccount "nope" not found',
    )
    expect(create({ priorityClassName: 'x' })).to.equal(
      'pods "p" is forbidden: no PriorityClass with name x was found',
    )
    expect(create({ runtimeClassName: 'x' })).to.equal(
      'pods "p" is forbidden: pod rejected: RuntimeClass "x" not found',
    )
  })

  it('refuses to create anything in a namespace that is missing or going', () => {
    const registry = world('shop')
    expect(refusal(() => registry.create(pod, minimal({}, 'nope')))).to.equal('namespaces "nope" not found')
    registry.delete(namespace, { name: 'shop' })
    expect(refusal(() => registry.create(pod, minimal()))).to.equal(
      'pods "p" is forbidden: unable to create new content in namespace shop because it is being terminated',
    )
  })

  it('refuses to delete the namespace default', () => {
    expect(refusal(() => world('default').delete(namespace, { name: 'default' }))).to.equal(
      'namespaces "default" is forbidden: this namespace may not be deleted',
    )
  })
})
