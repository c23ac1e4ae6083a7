// expectPod('p').toShowInOrder('Init:1/2', 'PodInitializing', 'Running'): these rows, one after the other.

import type { ObjectChange } from '../../history/entry.ts'
import type { Claim } from '../sentence.ts'
import type { Subject } from '../subject.ts'
import { meantIn, seenText, shows, shownText } from './shown.ts'
import type { Shown } from './shown.ts'
import { expectedText, receivedText, until } from './until.ts'

/** Other rows may come in between; none of these may be left out. */
export function toShowInOrder(pod: Subject, rows: readonly Shown[]): Claim {
  return pod.claim({
    kind: 'toShowInOrder',
    args: rows,
    judge: async (trial) => {
      let next = 0
      const outcome = await until(trial, (change) => (next = advance(rows, next, change)) === rows.length)
      if (outcome.is === 'found') return { change: outcome.change }
      const missing = rows[next] ?? ''
      const meant = meantIn(missing)
      const last = receivedText(trial, outcome, (change) => seenText(change, missing))
      throw trial.fail({
        expected: expectedText(trial, rows.map(shownText).join(', then '), outcome),
        received: `no ${shownText(missing)} ${after(rows, next)}; last ${last}`,
        ...(meant !== undefined && { next: `did you mean "${meant}"?` }),
      })
    },
  })
}

/** How many rows have been shown in order once this change is seen: one change shows one row. */
function advance(rows: readonly Shown[], next: number, change: ObjectChange): number {
  const wanted = rows[next]
  return wanted !== undefined && shows(change, wanted) ? next + 1 : next
}

function after(rows: readonly Shown[], next: number): string {
  const before = rows[next - 1]
  return before === undefined ? 'at all' : `after ${shownText(before)}`
}
