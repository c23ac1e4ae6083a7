// How long a Job waits before it makes a Pod in place of one that has failed.

import { keyOf, refOf } from '../../store/object.ts'
import type { Pod } from '../../kinds/pod/pod.ts'
import type { Timing } from '../../timing.ts'
import type { Assessment } from './assessment.ts'

interface Failures {
  count: number
  lastMs: number
  readonly counted: Set<string>
}

/** Failures since the last success double the wait. Source: pkg/controller/job/backoff_utils.go. */
export class BackOffs {
  readonly #timing: Pick<Timing, 'jobBackOffInitialMs' | 'jobBackOffMaxMs'>
  readonly #failures = new Map<string, Failures>()

  constructor(timing: Pick<Timing, 'jobBackOffInitialMs' | 'jobBackOffMaxMs'>) {
    this.#timing = timing
  }

  /** Takes note of the Pods that have ended since the last look. */
  count(
    key: string,
    { newlyFailed, newlySucceeded }: Pick<Assessment, 'newlyFailed' | 'newlySucceeded'>,
  ): void {
    const failures = this.#failures.get(key) ?? { count: 0, lastMs: 0, counted: new Set<string>() }
    for (const pod of newlyFailed) {
      const name = keyOf(refOf(pod))
      if (failures.counted.has(name)) continue
      failures.counted.add(name)
      failures.count++
      failures.lastMs = Math.max(failures.lastMs, endedMs(pod))
    }
    const lastSuccessMs = Math.max(0, ...newlySucceeded.map(endedMs))
    if (lastSuccessMs > failures.lastMs) failures.count = 0
    if (newlyFailed.length + newlySucceeded.length > 0) this.#failures.set(key, failures)
  }

  remainingMs(key: string, nowMs: number): number {
    const failures = this.#failures.get(key)
    if (!failures || failures.count === 0) return 0
    const { jobBackOffInitialMs, jobBackOffMaxMs } = this.#timing
    const waitMs = Math.min(jobBackOffInitialMs * 2 ** (failures.count - 1), jobBackOffMaxMs)
    return Math.max(0, failures.lastMs + waitMs - nowMs)
  }

  forget(key: string): void {
    this.#failures.delete(key)
  }
}

/** When the last container of a Pod has ended. Source: backoff_utils.go:getFinishedTime. */
function endedMs({ status, metadata }: Pod): number {
  const ends = (status?.containerStatuses ?? []).map(({ state }) =>
    Date.parse(state?.terminated?.finishedAt ?? ''),
  )
  const known = ends.filter((ms) => !Number.isNaN(ms))
  return known.length > 0
    ? Math.max(...known)
    : Date.parse(metadata.deletionTimestamp ?? metadata.creationTimestamp ?? '')
}
