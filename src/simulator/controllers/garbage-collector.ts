// The garbage collector: what belongs to an owner goes with it, before it, or is set free, as its deletion asked.

import { kinds } from '../kinds/kinds.ts'
import type { Kind } from '../store/kind.ts'
import { resourceOf } from '../store/kind.ts'
import type { KubeObject } from '../store/object.ts'
import { keyOf, refOf } from '../store/object.ts'
import type { PropagationPolicy } from '../store/verbs/delete.ts'
import type { Controller } from './controller.ts'
import type { Member, OwnerReference } from './owner-graph.ts'
import { OwnerGraph, ownersOf } from './owner-graph.ts'
import { unlessGone } from './pod-writes.ts'
import { refOfKey, WorkQueue } from './work-queue.ts'

const FOREGROUND = 'foregroundDeletion'
const ORPHAN = 'orphan'

/** Source: pkg/controller/garbagecollector/garbagecollector.go:attemptToDeleteItem, attemptToOrphanWorker. */
export const garbageCollector: Controller = (context) => {
  const { registry } = context
  const collected = kinds.filter((kind) => !kind.view && kind.plural !== 'events')
  const byResource = new Map(collected.map((kind) => [resourceOf(kind), kind]))
  const graph = new OwnerGraph(registry, collected)
  const queue = new WorkQueue({ ...context, random: context.random.fork('garbage'), reconcile })

  for (const kind of collected) {
    registry.store.subscribe(resourceOf(kind), ({ type, object, previous }) => {
      graph.update(kind, type === 'DELETED' ? undefined : object, previous)
      if (type === 'DELETED') onGone(object)
      else if (isForCollector(object, previous)) enqueue({ kind, ref: refOf(object) })
    })
  }

  /** Its dependents may have lost their last owner, and an owner that waits for them may go. */
  function onGone(object: KubeObject): void {
    for (const member of graph.dependents(object.metadata.uid ?? '')) enqueue(member)
    for (const reference of ownersOf(object)) {
      const kind = graph.ownerKind(reference)
      const owner = graph.owner(reference, object.metadata.namespace)
      if (kind && typeof owner === 'object' && isWaiting(owner)) enqueue({ kind, ref: refOf(owner) })
    }
  }

  /** News that concern owners: other references than before, or a deletion that says what to do with dependents. */
  function isForCollector(object: KubeObject, previous: KubeObject | undefined): boolean {
    const { deletionTimestamp, finalizers = [] } = object.metadata
    if (deletionTimestamp && (finalizers.includes(ORPHAN) || finalizers.includes(FOREGROUND))) {
      return object.metadata.finalizers !== previous?.metadata.finalizers
    }
    const hasNews = object.metadata.ownerReferences !== previous?.metadata.ownerReferences
    return (
      hasNews &&
      ownersOf(object).some((reference) => graph.owner(reference, object.metadata.namespace) === 'absent')
    )
  }

  function enqueue({ kind, ref }: Member): void {
    queue.add(`${resourceOf(kind)} ${keyOf(ref)}`)
  }

  function reconcile(key: string): void {
    const [resource = '', objectKey = ''] = key.split(' ')
    const kind = byResource.get(resource)
    const object = kind && registry.find(kind, refOfKey(objectKey))
    if (!kind || !object) return
    const { deletionTimestamp, finalizers = [] } = object.metadata
    if (deletionTimestamp && finalizers.includes(ORPHAN)) return orphan(kind, object)
    if (isWaiting(object)) return letGo(kind, object)
    if (!deletionTimestamp) collect(kind, object)
  }

  function orphan(kind: Kind, owner: KubeObject): void {
    for (const dependent of graph.dependents(owner.metadata.uid ?? '')) {
      withoutOwners(dependent.kind, dependent, ({ uid }) => uid === owner.metadata.uid)
    }
    withoutFinalizer(kind, owner, ORPHAN)
  }

  /** An owner that is deleted in the foreground goes when nothing that blocks it is left. */
  function letGo(kind: Kind, owner: KubeObject): void {
    const blocking = graph
      .dependents(owner.metadata.uid ?? '')
      .filter(({ kind, ref }) =>
        ownersOf(registry.find(kind, ref)).some(
          (reference) => reference.uid === owner.metadata.uid && reference.blockOwnerDeletion,
        ),
      )
    if (blocking.length === 0) return withoutFinalizer(kind, owner, FOREGROUND)
    for (const dependent of graph.dependents(owner.metadata.uid ?? '')) enqueue(dependent)
  }

  function collect(kind: Kind, object: KubeObject): void {
    const references = ownersOf(object)
    const owners = references.map((reference) => ({
      reference,
      owner: graph.owner(reference, object.metadata.namespace),
    }))
    const dangling = owners.filter(({ owner }) => owner === 'absent')
    const waiting = owners.filter(({ owner }) => typeof owner === 'object' && isWaiting(owner))
    if (dangling.length + waiting.length === 0) return
    if (dangling.length + waiting.length < owners.length) {
      const lost = new Set([...dangling, ...waiting].map(({ reference }) => reference.uid))
      return withoutOwners(kind, { kind, ref: refOf(object) }, ({ uid }) => lost.has(uid))
    }
    const hasDependents = graph.dependents(object.metadata.uid ?? '').length > 0
    const propagationPolicy = waiting.length > 0 && hasDependents ? 'Foreground' : standingPolicy(object)
    const { uid = '' } = object.metadata
    unlessGone(() => registry.delete(kind, refOf(object), { propagationPolicy, preconditions: { uid } }))
  }

  function withoutOwners(kind: Kind, { ref }: Member, isLost: (reference: OwnerReference) => boolean): void {
    unlessGone(() =>
      registry.change(kind, ref, (old) => {
        const { ownerReferences = [], ...metadata } = old.metadata
        const kept = ownerReferences.filter((reference) => !isLost(reference))
        return { ...old, metadata: { ...metadata, ...(kept.length > 0 && { ownerReferences: kept }) } }
      }),
    )
  }

  function withoutFinalizer(kind: Kind, object: KubeObject, finalizer: string): void {
    unlessGone(() =>
      registry.change(kind, refOf(object), (old) => {
        const { finalizers = [], ...metadata } = old.metadata
        const kept = finalizers.filter((name) => name !== finalizer)
        return { ...old, metadata: { ...metadata, ...(kept.length > 0 && { finalizers: kept }) } }
      }),
    )
  }
}

function isWaiting({ metadata }: KubeObject): boolean {
  return metadata.deletionTimestamp !== undefined && (metadata.finalizers ?? []).includes(FOREGROUND)
}

/** What an earlier wish, kept in the finalizers, says. */
function standingPolicy({ metadata: { finalizers = [] } }: KubeObject): PropagationPolicy {
  if (finalizers.includes(ORPHAN)) return 'Orphan'
  return finalizers.includes(FOREGROUND) ? 'Foreground' : 'Background'
}
