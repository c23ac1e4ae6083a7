// The pod garbage collector: Pods whose node is gone, and Pods that were deleted before they had one, are removed.

import { isDeleting, isTerminal } from '../../pod/phase.ts'
import type { Timer } from '../../time/clock.ts'
import { node as nodeKind } from '../kinds/node.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import { pod as podKind } from '../kinds/pod/pod.ts'
import { refOf } from '../store/object.ts'
import type { Change } from '../store/store.ts'
import type { Controller } from './controller.ts'
import { disruptPod, unlessGone } from './pod-writes.ts'

/** So many ended Pods may stay (controller-manager: --terminated-pod-gc-threshold). */
const MAX_ENDED = 12_500

/** Source: pkg/controller/podgc/gc_controller.go. A node must be missing for the whole quarantine. */
export const podGarbageController: Controller = ({ registry, timers, timing }) => {
  const { store } = registry
  const startMs = timers.now()
  const missingSinceMs = new Map<string, number>()
  let check: Timer | undefined
  let ended = 0

  store.subscribe('nodes', ({ type }) => {
    if (type === 'DELETED') checkSoon()
  })
  store.subscribe('pods', (change) => {
    const { type, object, previous } = change as Change<Pod>
    const wasEnded = previous !== undefined && isTerminal(previous)
    const isEnded = type !== 'DELETED' && isTerminal(object)
    ended += Number(isEnded) - Number(wasEnded)
    const isLost = isDeleting(object) && !object.spec?.nodeName
    if (type !== 'DELETED' && (isLost || isOrphan(object) || ended > MAX_ENDED)) checkSoon()
  })

  /** On the next instant of its period. */
  function checkSoon(): void {
    const periods = Math.floor((timers.now() - startMs) / timing.podCollectMs) + 1
    check ??= timers.at(startMs + periods * timing.podCollectMs, () => {
      check = undefined
      collect()
    })
  }

  function isOrphan({ spec }: Pod): boolean {
    return Boolean(spec?.nodeName) && !registry.find(nodeKind, { name: spec?.nodeName ?? '' })
  }

  function collect(): void {
    const pods = registry.list(podKind)
    const orphans = pods.filter(isOrphan)
    for (const pod of orphans.filter(isQuarantined)) {
      if (!isTerminal(pod)) fail(pod)
      disruptPod(registry, pod, 'DeletionByPodGC', 'PodGC: node no longer exists', 0)
    }
    for (const pod of pods) if (isDeleting(pod) && !pod.spec?.nodeName) remove(pod)
    const tooMany = pods
      .filter(isTerminal)
      .toSorted(byAge)
      .slice(0, Math.max(0, ended - MAX_ENDED))
    for (const pod of tooMany) remove(pod)
    forgetPresent()
    if (missingSinceMs.size > 0) checkSoon()
  }

  function isQuarantined({ spec }: Pod): boolean {
    const name = spec?.nodeName ?? ''
    const sinceMs = missingSinceMs.get(name) ?? timers.now()
    missingSinceMs.set(name, sinceMs)
    return timers.now() - sinceMs >= timing.podQuarantineMs
  }

  function forgetPresent(): void {
    const needed = new Set(
      registry
        .list(podKind)
        .filter(isOrphan)
        .map(({ spec }) => spec?.nodeName),
    )
    for (const name of missingSinceMs.keys()) if (!needed.has(name)) missingSinceMs.delete(name)
  }

  function fail(pod: Pod): void {
    unlessGone(() =>
      registry.change(
        podKind,
        refOf(pod),
        (old) => ({ ...old, status: { ...old.status, phase: 'Failed' } }),
        {
          subresource: 'status',
        },
      ),
    )
  }

  function remove(pod: Pod): void {
    unlessGone(() => registry.delete(podKind, refOf(pod), { gracePeriodSeconds: 0 }))
  }
}

function byAge(a: Pod, b: Pod): number {
  return (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? '')
}
