// What happens to objects when their owners go.

import { expect } from 'chai'
import { garbageCollector } from '../../../src/simulator/controllers/garbage-collector.ts'
import type { ConfigMap } from '../../../src/simulator/kinds/config-map.ts'
import { configMap } from '../../../src/simulator/kinds/config-map.ts'
import { controlPlane } from './control-plane.ts'

function plane() {
  const made = controlPlane([garbageCollector])
  const owned = (name: string, ...owners: readonly ConfigMap[]) =>
    made.create(configMap, name, {
      metadata: {
        ownerReferences: owners.map(({ metadata: { name, uid } }) => ({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          name,
          uid,
          blockOwnerDeletion: true,
        })),
      },
    })
  const remove = (name: string, propagationPolicy: 'Background' | 'Foreground' | 'Orphan') =>
    made.registry.delete(configMap, { namespace: 'default', name }, { propagationPolicy })
  return { ...made, owned, remove, left: () => made.names(configMap, 'default') }
}

describe('the garbage collector', () => {
  it('deletes dependents, and theirs, after an owner that was deleted in the background', () => {
    const { owned, remove, left, pass } = plane()
    const middle = owned('middle', owned('top'))
    owned('bottom', middle)
    remove('top', 'Background')
    expect(left()).to.deep.equal(['bottom', 'middle'])
    pass(1_000)
    expect(left()).to.deep.equal([])
  })

  it('deletes the owner last in the foreground', () => {
    const { owned, remove, left, pass, store } = plane()
    owned('bottom', owned('middle', owned('top')))
    const gone: string[] = []
    store.subscribe('configmaps', ({ type, object }) => {
      if (type === 'DELETED') gone.push(object.metadata.name ?? '')
    })
    remove('top', 'Foreground')
    pass(1_000)
    expect([left(), gone]).to.deep.equal([[], ['bottom', 'middle', 'top']])
  })

  it('sets dependents free when the owner is deleted with Orphan', () => {
    const { owned, remove, left, pass, registry } = plane()
    owned('child', owned('top'))
    remove('top', 'Orphan')
    pass(1_000)
    const { ownerReferences } = registry.get(configMap, { namespace: 'default', name: 'child' }).metadata
    expect([left(), ownerReferences]).to.deep.equal([['child'], undefined])
  })

  it('keeps what still has an owner, and forgets the one that is gone', () => {
    const { owned, remove, pass, registry } = plane()
    owned('child', owned('one'), owned('two'))
    remove('one', 'Background')
    pass(1_000)
    const { ownerReferences = [] } = registry.get(configMap, { namespace: 'default', name: 'child' }).metadata
    expect(ownerReferences.map(({ name }) => name)).to.deep.equal(['two'])
  })

  it('deletes what names an owner that never was', () => {
    const { create, left, pass } = plane()
    const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'nope', uid: 'nobody' }]
    create(configMap, 'stray', { metadata: { ownerReferences } })
    pass(1_000)
    expect(left()).to.deep.equal([])
  })
})
