// The Pods of a workload: those that name it as their controller, and those that it takes in or lets go.

import { matchesLabels } from '../../pod/label-selector.ts'
import type { LabelSelector } from '../../pod/label-selector.ts'
import { isDeleting } from '../../pod/phase.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import { pod as podKind } from '../kinds/pod/pod.ts'
import type { Kind } from '../store/kind.ts'
import { apiVersionOf } from '../store/kind.ts'
import type { KubeObject } from '../store/object.ts'
import { keyOf, refOf } from '../store/object.ts'
import type { Registry } from '../store/registry.ts'
import type { OwnerReference } from './owner-graph.ts'
import { ownersOf } from './owner-graph.ts'
import { unlessGone } from './pod-writes.ts'
import type { WorkQueue } from './work-queue.ts'

const INDEX = 'controller'

/** The reference to a workload that its Pods carry. */
export function controllerReference<T extends KubeObject>(kind: Kind<T>, owner: T): OwnerReference {
  const { name = '', uid = '' } = owner.metadata
  return {
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    name,
    uid,
    controller: true,
    blockOwnerDeletion: true,
  }
}

/** Who controls an object, if anybody does. */
export function controllerOf(object: KubeObject | undefined): OwnerReference | undefined {
  return ownersOf(object).find(({ controller }) => controller)
}

/** Puts the controlling object of every changed dependent into the queue; strays go to whoever selects them. */
export function followDependents<T extends KubeObject>(options: {
  readonly registry: Registry
  readonly queue: Pick<WorkQueue, 'add'>
  readonly kind: Kind<T>
  /** `pods`, `replicasets.apps`... */
  readonly resource: string
  readonly selectorOf: (owner: T) => LabelSelector | undefined
}): void {
  const { registry, queue, kind, resource, selectorOf } = options
  registry.store.index(resource, INDEX, (object) => {
    const controller = controllerOf(object)
    return [controller ? controller.uid : strayKey(object)]
  })
  registry.store.subscribe(resource, ({ object, previous, type }) => {
    const controller = controllerOf(object)
    const before = controllerOf(previous)
    if (before && before.uid !== controller?.uid) enqueue(before, object.metadata.namespace)
    if (controller) enqueue(controller, object.metadata.namespace)
    else if (type !== 'DELETED' && isNewStray(object, previous)) enqueueSelecting(object)
  })

  function enqueue(reference: OwnerReference, namespace: string | undefined): void {
    if (reference.kind === kind.kind && reference.apiVersion === apiVersionOf(kind)) {
      queue.add(`${namespace}/${reference.name}`)
    }
  }

  function enqueueSelecting(object: KubeObject): void {
    for (const owner of registry.list(kind, object.metadata.namespace)) {
      const selector = selectorOf(owner)
      if (selector && matchesLabels(selector, object.metadata.labels)) queue.add(keyOf(refOf(owner)))
    }
  }
}

/** A stray is only news when it has become one, or has other labels than before. */
function isNewStray(object: KubeObject, previous: KubeObject | undefined): boolean {
  return (
    previous?.metadata.labels !== object.metadata.labels ||
    previous?.metadata.ownerReferences !== object.metadata.ownerReferences
  )
}

/**
 * The dependents of an owner after it has taken in strays that it selects and let go those that it does not select any
 * more. An owner on its way out takes nobody in. Source: pkg/controller/controller_ref_manager.go.
 */
export function claimed<T extends KubeObject, D extends KubeObject>(options: {
  readonly registry: Registry
  readonly kind: Kind<T>
  readonly owner: T
  readonly dependentKind: Kind<D>
  readonly resource: string
  readonly selector: LabelSelector
}): readonly D[] {
  const { registry, kind, owner, dependentKind, resource, selector } = options
  const { store } = registry
  const own = store.by(resource, INDEX, owner.metadata.uid ?? '') as readonly D[]
  const kept = own.filter(({ metadata }) => matchesLabels(selector, metadata.labels))
  const isActive = owner.metadata.deletionTimestamp === undefined
  if (!isActive) return kept
  for (const dependent of own) if (!kept.includes(dependent) && !isOnItsWayOut(dependent)) release(dependent)
  const strays = store.by(resource, INDEX, strayKey(owner)) as readonly D[]
  const adopted = strays
    .filter((stray) => matchesLabels(selector, stray.metadata.labels) && !isOnItsWayOut(stray))
    .flatMap((stray) => adopt(stray) ?? [])
  return [...kept, ...adopted]

  function adopt(stray: D): D | undefined {
    const reference = controllerReference(kind, owner)
    let taken: D | undefined
    unlessGone(() => {
      taken = registry.change(dependentKind, refOf(stray), (old) => ({
        ...old,
        metadata: { ...old.metadata, ownerReferences: [...ownersOf(old), reference] },
      }))
    })
    return taken
  }

  function release(dependent: D): void {
    unlessGone(() =>
      registry.change(dependentKind, refOf(dependent), (old) => {
        const { ownerReferences, ...metadata } = old.metadata
        const others = (ownerReferences ?? []).filter(({ uid }) => uid !== owner.metadata.uid)
        return { ...old, metadata: { ...metadata, ...(others.length > 0 && { ownerReferences: others }) } }
      }),
    )
  }
}

/** The Pods of a workload, claimed. */
export function claimedPods<T extends KubeObject>(
  registry: Registry,
  kind: Kind<T>,
  owner: T,
  selector: LabelSelector,
): readonly Pod[] {
  return claimed({ registry, kind, owner, selector, dependentKind: podKind, resource: 'pods' })
}

function strayKey({ metadata }: KubeObject): string {
  return `stray/${metadata.namespace}`
}

function isOnItsWayOut({ metadata }: KubeObject): boolean {
  return metadata.deletionTimestamp !== undefined
}

/** Whether a Pod still counts: it has not ended and is not on its way out. */
export function isActivePod(pod: Pod): boolean {
  const phase = pod.status?.phase
  return phase !== 'Succeeded' && phase !== 'Failed' && !isDeleting(pod)
}
