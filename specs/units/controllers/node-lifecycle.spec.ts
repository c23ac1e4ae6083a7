// What happens to Pods when their node falls silent, is tainted or is taken away.

import { expect } from 'chai'
import { nodeLifecycleController } from '../../../src/simulator/controllers/node-lifecycle.ts'
import { podGarbageController } from '../../../src/simulator/controllers/pod-garbage.ts'
import { serviceAccountController } from '../../../src/simulator/controllers/service-account.ts'
import { taintEvictionController } from '../../../src/simulator/controllers/taint-eviction.ts'
import { lease } from '../../../src/simulator/kinds/lease.ts'
import { node } from '../../../src/simulator/kinds/node.ts'
import { pod } from '../../../src/simulator/kinds/pod/pod.ts'
import { nodeObject } from '../../../src/simulator/node-object.ts'
import { controlPlane, running } from './control-plane.ts'

function plane(names: readonly string[]) {
  const made = controlPlane([
    nodeLifecycleController,
    podGarbageController,
    serviceAccountController,
    taintEvictionController,
  ])
  const { registry, clock } = made
  names.forEach((name, index) => {
    const place = { address: `192.0.2.${index + 2}`, index, atMs: clock.now(), machineId: 'm', bootId: 'b' }
    registry.create(node, nodeObject({ name }, place))
    made.create(lease, name, { spec: { holderIdentity: name } }, 'kube-node-lease')
  })
  return {
    ...made,
    renew: (name: string) =>
      registry.change(lease, { namespace: 'kube-node-lease', name }, (old) => ({
        ...old,
        spec: { ...old.spec, renewTime: `${clock.now()}` },
      })),
    place: (name: string, nodeName: string, spec: object = {}) => {
      made.create(pod, name, { spec: { containers: [{ name: 'main', image: 'busybox' }], ...spec } })
      made.report(name, running('10.244.0.2'), { nodeName })
    },
    isGoing: (name: string) =>
      registry.find(pod, { namespace: 'default', name })?.metadata.deletionTimestamp !== undefined,
    taints: (name: string) =>
      (registry.get(node, { name }).spec?.taints ?? []).map(({ key, effect }) => `${key}:${effect}`),
    ready: (name: string) =>
      registry.get(node, { name }).status?.conditions?.find(({ type }) => type === 'Ready')?.status,
  }
}

describe('a node that falls silent', () => {
  it('is Unknown after its grace of 50 s, and its Pods are not ready', () => {
    const { place, pass, ready, registry, messages } = plane(['a'])
    place('p', 'a')
    pass(50_000)
    expect(ready('a')).to.equal('True')
    pass(6_000)
    const conditions = registry.get(pod, { namespace: 'default', name: 'p' }).status?.conditions
    expect([ready('a'), conditions?.map(({ type, status }) => `${type}=${status}`)]).to.deep.equal([
      'Unknown',
      ['Ready=False'],
    ])
    expect(messages()).to.include('NodeNotReady: Node is not ready')
    expect(messages()).to.include('NodeNotReady: Node a status is now: NodeNotReady')
  })

  it('stays Ready as long as its lease is renewed', () => {
    const { renew, pass, ready } = plane(['a'])
    for (let i = 0; i < 12; i++) {
      renew('a')
      pass(10_000)
    }
    expect(ready('a')).to.equal('True')
  })

  it('is tainted, and loses its Pods after the 300 s that they tolerate by default', () => {
    const { renew, place, pass, taints, isGoing } = plane(['a', 'b'])
    place('p', 'a')
    const seconds = (count: number) => {
      for (let i = 0; i < count / 10; i++) {
        renew('b')
        pass(10_000)
      }
    }
    seconds(60)
    expect(taints('a')).to.deep.equal([
      'node.kubernetes.io/unreachable:NoSchedule',
      'node.kubernetes.io/unreachable:NoExecute',
    ])
    seconds(280)
    expect(isGoing('p')).to.equal(false)
    seconds(30)
    expect(isGoing('p')).to.equal(true)
  })

  it('is not to blame when no node is ready: nobody is evicted', () => {
    const { pass, taints } = plane(['a', 'b'])
    pass(60_000)
    expect(taints('a')).to.deep.equal(['node.kubernetes.io/unreachable:NoSchedule'])
  })
})

describe('a NoExecute taint', () => {
  const taint = { key: 'example.com/t', value: 'x', effect: 'NoExecute' }
  const tolerating = (rest: object) => ({
    tolerations: [{ key: 'example.com/t', operator: 'Exists', effect: 'NoExecute', ...rest }],
  })

  it('deletes Pods at once, after their toleration, or never (recording taint-noexecute)', () => {
    const { registry, place, pass, isGoing, messages } = plane(['a'])
    place('none', 'a')
    place('six', 'a', tolerating({ tolerationSeconds: 6 }))
    place('all', 'a', tolerating({}))
    const going = () => ['none', 'six', 'all'].filter(isGoing)
    registry.change(node, { name: 'a' }, (old) => ({ ...old, spec: { ...old.spec, taints: [taint] } }))
    pass(1_000)
    expect(going()).to.deep.equal(['none'])
    pass(6_000)
    expect(going()).to.deep.equal(['none', 'six'])
    expect(messages()).to.include('TaintManagerEviction: Marking for deletion Pod default/six')
    const { conditions = [] } = registry.get(pod, { namespace: 'default', name: 'six' }).status ?? {}
    expect(conditions.at(-1)).to.include({
      type: 'DisruptionTarget',
      reason: 'DeletionByTaintManager',
      message: 'Taint manager: deleting due to NoExecute taint',
    })
  })

  it('that is taken away in time lets the Pod live', () => {
    const { registry, place, pass, isGoing, messages } = plane(['a'])
    place('six', 'a', tolerating({ tolerationSeconds: 6 }))
    registry.change(node, { name: 'a' }, (old) => ({ ...old, spec: { ...old.spec, taints: [taint] } }))
    pass(2_000)
    registry.change(node, { name: 'a' }, (old) => ({ ...old, spec: { ...old.spec, taints: [] } }))
    pass(10_000)
    expect(isGoing('six')).to.equal(false)
    expect(messages()).to.include('TaintManagerEviction: Cancelling deletion of Pod default/six')
  })
})

describe('a Pod whose node is gone', () => {
  it('is removed after the quarantine, about a minute later', () => {
    const { registry, place, pass, names } = plane(['a'])
    place('p', 'a')
    registry.delete(node, { name: 'a' })
    pass(40_000)
    expect(names(pod)).to.deep.equal(['p'])
    pass(22_000)
    expect(names(pod)).to.deep.equal([])
  })
})
