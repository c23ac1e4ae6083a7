// expectPod('p').toShowInOrder('Init:1/2', 'PodInitializing', 'Running'): these rows, one after the other.

import type { ObjectChange } from '../../history/entry.ts'
import type { Claim } from '../sentence.ts'
import type { Subject } from '../subject.ts'
import { endedBecause } from './ended.ts'
import { seenText, shows, shownText } from './shown.ts'
import type { Shown } from './shown.ts'

/** Other rows may come in between; none of these may be left out. */
export function toShowInOrder(pod: Subject, rows: readonly Shown[]): Claim {
  return pod.claim({
    kind: 'toShowInOrder',
    args: rows,
    judge: async (trial) => {
      let next = 0
      const verdict = await trial.follow((change) => {
        next = advance(rows, next, change)
        if (next === rows.length) return { change }
        const ended = endedBecause(change)
        return ended === undefined ? undefined : { ended }
      })
      if (verdict?.change) return { change: verdict.change }
      const missing = rows[next]
      throw trial.fail({
        expected: `${rows.map(shownText).join(', then ')}${verdict?.ended ? '' : ` within ${trial.patience}`}`,
        received: `${missing ? `no ${shownText(missing)}` : 'nothing'} ${after(rows, next)}; last ${seenText(trial.last, missing ?? '')}${
          verdict?.ended === undefined ? '' : `; ${verdict.ended}`
        }`,
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
