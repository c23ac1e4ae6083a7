// What controllers write to Pods that are not theirs: a condition, and the end.

import type { PodConditionState } from '../../pod/with-condition.ts'
import { withPodCondition } from '../../pod/with-condition.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import { pod as podKind } from '../kinds/pod/pod.ts'
import { ApiError } from '../store/api-error.ts'
import { refOf } from '../store/object.ts'
import type { Registry } from '../store/registry.ts'

/** Sets a condition of that very Pod; nothing happens when it is gone. */
export function setPodCondition(registry: Registry, pod: Pod, condition: PodConditionState): void {
  const { atMs } = registry.context()
  unlessGone(() =>
    registry.change(
      podKind,
      refOf(pod),
      (old) => {
        if (old.metadata.uid !== pod.metadata.uid) return old
        const writer = { atMs, observedGeneration: old.metadata.generation }
        return { ...old, status: withPodCondition(old.status ?? {}, condition, writer) }
      },
      { subresource: 'status' },
    ),
  )
}

/** Says in a condition why, then deletes the Pod with its own grace, or with the given one. */
export function disruptPod(
  registry: Registry,
  pod: Pod,
  reason: string,
  message: string,
  graceSeconds?: number,
): void {
  setPodCondition(registry, pod, { type: 'DisruptionTarget', status: 'True', reason, message })
  unlessGone(() =>
    registry.delete(podKind, refOf(pod), {
      ...(graceSeconds !== undefined && { gracePeriodSeconds: graceSeconds }),
      preconditions: { ...(pod.metadata.uid && { uid: pod.metadata.uid }) },
    }),
  )
}

/** Runs a write to an object that somebody else may have deleted meanwhile. */
export function unlessGone(write: () => unknown): void {
  try {
    write()
  } catch (error) {
    const isGone = error instanceof ApiError && (error.reason === 'NotFound' || error.reason === 'Conflict')
    if (!isGone) throw error
  }
}
