// Judges "this never happens to the container": what toNeverStart and toNeverRestart have in common.

import { formatDuration } from '../../time/duration.ts'
import type { ContainerStatus } from '../../pod/json.ts'
import { endedBecause } from '../pod/ended.ts'
import type { Subject } from '../subject.ts'
import { watching } from '../watching.ts'
import type { Watching } from '../watching.ts'
import { statusIn } from './container.ts'

export interface NeverFacts {
  readonly kind: string
  readonly container: string
  /** The end of `expected: <container>`: `never to start`. */
  readonly expected: string
  /** What the status shows that it must not, as the end of `<container>`; undefined while all is well. */
  readonly broken: (status: ContainerStatus) => string | undefined
}

/** Looks at the whole life of the Pod so far, then at what comes. */
export function neverClaim(pod: Subject, { kind, container, expected, broken }: NeverFacts): Watching {
  return watching(pod, {
    kind,
    args: [],
    judge: async (trial, deadlineMs) => {
      const verdict = await trial.follow(
        (change) => {
          const status = statusIn(trial, change, container)
          const seen = status && broken(status)
          if (seen !== undefined) return { change, seen }
          return endedBecause(change) === undefined ? undefined : { change, seen: undefined }
        },
        { from: { ...trial.cursor, order: 0 }, deadlineMs },
      )
      if (verdict?.seen === undefined) return { atMs: verdict?.change.atMs ?? trial.nowMs }
      const { change, seen } = verdict
      const ageMs = change.atMs - (trial.wholeLife[0]?.atMs ?? change.atMs)
      throw trial.refute({
        expected: `${container} ${expected}`,
        received: `${container} ${seen} at ${formatDuration(ageMs)} of the life of its Pod`,
      })
    },
  })
}
