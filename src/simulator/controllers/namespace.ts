// The namespace controller: a namespace that is being deleted is emptied, Pods first, and then let go.

import type { V1NamespaceCondition } from '@kubernetes/client-node'
import type { Json, Pod } from '../../pod/json.ts'
import { isTerminal } from '../../pod/phase.ts'
import { kinds } from '../kinds/kinds.ts'
import type { Namespace } from '../kinds/namespace.ts'
import { namespace as namespaceKind } from '../kinds/namespace.ts'
import { pod as podKind } from '../kinds/pod/pod.ts'
import { ApiError } from '../store/api-error.ts'
import type { Kind } from '../store/kind.ts'
import type { KubeObject } from '../store/object.ts'
import { refOf, timestamp } from '../store/object.ts'
import { draw } from '../timing.ts'
import type { Controller } from './controller.ts'
import type { Remains } from './namespace-conditions.ts'
import { namespaceConditions } from './namespace-conditions.ts'
import { WorkQueue } from './work-queue.ts'

/** What is left of finalizers is looked at again after so long, if nothing better is known. */
const FINALIZER_ESTIMATE_SECONDS = 15

/**
 * Source: pkg/controller/namespace/namespace_controller.go, deletion/namespaced_resources_deleter.go. Deletion begins
 * five seconds after it was asked for, so that other API servers have noticed it.
 */
export const namespaceController: Controller = (context) => {
  const { registry, timers, timing } = context
  const random = context.random.fork('namespace')
  const { namespaceDeletionDelayMs, namespaceBackOffInitialMs, namespaceBackOffMaxMs } = timing
  const queue = new WorkQueue({ ...context, random, reconcile })
  const failures = new Map<string, number>()

  registry.store.subscribe('namespaces', ({ type, object, previous }) => {
    const isNews = object.metadata.deletionTimestamp && !previous?.metadata.deletionTimestamp
    if (type !== 'DELETED' && isNews) queue.addAfter(object.metadata.name ?? '', namespaceDeletionDelayMs)
  })

  function reconcile(name: string): void {
    const namespace = registry.find(namespaceKind, { name })
    if (!namespace?.metadata.deletionTimestamp) return
    const ofPods = empty(namespace, [podKind])
    // Nothing that Pods may still need goes before they are gone.
    const remains = ofPods.counts.size > 0 ? ofPods : empty(namespace, contentKinds)
    timers.at(timers.now() + draw(timing.namespaceSweepMs, random), () => finish(name, remains))
  }

  /** Deletes everything of these kinds; answers what is still there. */
  function empty(namespace: Namespace, contents: readonly Kind[]): Remains {
    const name = namespace.metadata.name ?? ''
    const counts = new Map<string, number>()
    const finalizers = new Map<string, number>()
    for (const kind of contents) {
      for (const object of registry.list(kind, name)) deleteContent(kind, object)
      const left = registry.list(kind, name)
      if (left.length === 0) continue
      counts.set(`${kind.plural}.${kind.group}`, left.length)
      for (const finalizer of left.flatMap(({ metadata }) => metadata.finalizers ?? [])) {
        finalizers.set(finalizer, (finalizers.get(finalizer) ?? 0) + 1)
      }
    }
    const estimateSeconds = estimate(namespace, counts, finalizers)
    return { namespace: name, counts, finalizers, estimateSeconds }
  }

  function deleteContent(kind: Kind, object: KubeObject): void {
    try {
      registry.delete(kind, refOf(object), { propagationPolicy: 'Background' })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
    }
  }

  /** When to look again: half of what the longest grace still needs; 0 when nothing explains what is left. */
  function estimate(
    namespace: Namespace,
    counts: Remains['counts'],
    finalizers: Remains['finalizers'],
  ): number {
    if (counts.size === 0) return 0
    const { name = '', deletionTimestamp = '' } = namespace.metadata
    const pods = registry.list(podKind, name).filter((pod) => !isTerminal(pod))
    const graceSeconds = Math.max(0, ...pods.map(graceOf))
    const passedSeconds = (timers.now() - Date.parse(deletionTimestamp)) / 1_000
    if (graceSeconds > passedSeconds) return graceSeconds
    return finalizers.size > 0 ? FINALIZER_ESTIMATE_SECONDS : 0
  }

  function finish(name: string, remains: Remains): void {
    const namespace = registry.find(namespaceKind, { name })
    if (!namespace?.metadata.deletionTimestamp) return
    const isEmpty = remains.counts.size === 0
    registry.change(namespaceKind, { name }, (old) => withConditions(old, remains), { subresource: 'status' })
    if (isEmpty) return release(name)
    if (remains.estimateSeconds > 0) {
      queue.addAfter(name, (Math.floor(remains.estimateSeconds / 2) + 1) * 1_000)
      return
    }
    const count = failures.get(name) ?? 0
    failures.set(name, count + 1)
    queue.addAfter(name, Math.min(namespaceBackOffInitialMs * 2 ** count, namespaceBackOffMaxMs))
  }

  function withConditions(namespace: Namespace, remains: Remains): Namespace {
    const now = timestamp(timers.now())
    const old = namespace.status?.conditions ?? []
    const conditions = namespaceConditions(remains).map((condition): Json<V1NamespaceCondition> => {
      const before = old.find(({ type }) => type === condition.type)
      const isSame = before?.status === condition.status
      return { ...condition, lastTransitionTime: isSame ? (before?.lastTransitionTime ?? now) : now }
    })
    return { ...namespace, status: { ...namespace.status, conditions } }
  }

  function release(name: string): void {
    failures.delete(name)
    registry.change(namespaceKind, { name }, (old) => withoutFinalizer(old), { subresource: 'finalize' })
  }
}

/** Events are kept out of the first look: they are told until the end. Kinds that are another one in other clothes have nothing of their own. */
const contentKinds = kinds.filter((kind) => kind.namespaced && !kind.view)

function graceOf({ spec }: Pod): number {
  return spec?.terminationGracePeriodSeconds ?? 0
}

function withoutFinalizer(namespace: Namespace): Namespace {
  const finalizers = (namespace.spec?.finalizers ?? []).filter((name) => name !== 'kubernetes')
  return { ...namespace, spec: { ...namespace.spec, finalizers } }
}
