// expectPod('p').toNeverShow('Running'): in its whole life so far, and as long as it is watched, the Pod shows none of these.

import { formatDuration } from '../../time/duration.ts'
import type { Subject } from '../subject.ts'
import type { Trial } from '../trial.ts'
import { watching } from '../watching.ts'
import type { Watching } from '../watching.ts'
import { endedBecause } from './ended.ts'
import { seenText, shows, shownText } from './shown.ts'
import type { Shown } from './shown.ts'

export function toNeverShow(pod: Subject, rows: readonly Shown[]): Watching {
  return watching(pod, {
    kind: 'toNeverShow',
    args: rows,
    judge: (trial, deadlineMs) => neverShown(trial, rows, deadlineMs),
  })
}

async function neverShown(trial: Trial, rows: readonly Shown[], deadlineMs: number) {
  // The whole life: everything from the first state that the last action of the spec did not make stale.
  const from = { ...trial.cursor, order: 0 }
  const verdict = await trial.follow(
    (change) => {
      const shown = rows.find((row) => shows(change, row))
      if (shown !== undefined) return { change, shown }
      return endedBecause(change) === undefined ? undefined : { change }
    },
    { from, deadlineMs },
  )
  if (!verdict?.shown) return { atMs: verdict?.change.atMs ?? trial.nowMs }
  const { change, shown } = verdict
  const ageMs = change.atMs - (trial.wholeLife[0]?.atMs ?? change.atMs)
  throw trial.refute({
    expected: `never ${rows.map(shownText).join(', never ')}`,
    received: `${seenText(change, shown)} at ${formatDuration(ageMs)} of its life`,
  })
}
