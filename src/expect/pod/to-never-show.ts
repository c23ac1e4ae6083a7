// expectPod('p').toNeverShow('Running'): in its whole life so far, and as long as it is watched, the Pod shows none of these.

import { formatDuration, parseDuration } from '../../time/duration.ts'
import type { Claim } from '../sentence.ts'
import { literal } from '../subject.ts'
import type { Subject } from '../subject.ts'
import type { Trial } from '../trial.ts'
import { endedBecause } from './ended.ts'
import { seenText, shows, shownText } from './shown.ts'
import type { Shown } from './shown.ts'

/** `toNeverShow` as it is: it watches until the Pod can show nothing new, at most for the session's timeout. */
export interface NeverShowing extends Claim {
  /** Watches for this long from now on, and no longer. */
  for(duration: string): Claim
}

export function toNeverShow(pod: Subject, rows: readonly Shown[]): NeverShowing {
  let duration: string | undefined
  const claim = pod.claim({
    kind: 'toNeverShow',
    args: () => `(${rows.map(literal).join(', ')})${duration === undefined ? '' : `.for('${duration}')`}`,
    judge: (trial) => {
      const deadlineMs = duration === undefined ? trial.deadlineMs : trial.nowMs + parseDuration(duration)
      return neverShown(trial, rows, deadlineMs)
    },
  })
  return Object.assign(claim, {
    for: (period: string) => {
      duration = period
      return claim
    },
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
