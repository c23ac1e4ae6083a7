// Whether a Pod counts as ready, and as available after it has been ready for a while.

import { condition, isTrue } from '../../pod/conditions.ts'
import type { Pod } from '../../pod/json.ts'

/** Source: pkg/api/v1/pod/util.go:IsPodReady. */
export function isPodReady(pod: Pod): boolean {
  return isTrue(pod, 'Ready')
}

/** Since when the Pod is ready; undefined when it is not. */
export function readySinceMs(pod: Pod): number | undefined {
  const ready = condition(pod, 'Ready')
  return ready?.status === 'True' ? Date.parse(ready.lastTransitionTime ?? '') : undefined
}

/** Source: pkg/api/v1/pod/util.go:IsPodAvailable. */
export function isPodAvailable(pod: Pod, minReadySeconds: number, nowMs: number): boolean {
  const sinceMs = readySinceMs(pod)
  if (sinceMs === undefined) return false
  return minReadySeconds === 0 || sinceMs + minReadySeconds * 1_000 < nowMs
}
