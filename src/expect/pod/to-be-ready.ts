// expectPod('p').toBeReady(): its Ready condition is True, as Services and `kubectl wait` see it.

import type { ObjectChange } from '../../history/entry.ts'
import { podOf } from '../../history/rows.ts'
import { condition, isTrue } from '../../pod/conditions.ts'
import type { Claim } from '../sentence.ts'
import type { Subject, Within } from '../subject.ts'
import { seenText } from './shown.ts'
import { expectedText, receivedText, until } from './until.ts'

export function toBeReady(pod: Subject, options?: Within): Claim {
  return pod.claim({
    kind: 'toBeReady',
    args: options ? [options] : [],
    within: options?.within,
    judge: async (trial) => {
      const outcome = await until(trial, (change) => {
        const seen = podOf(change)
        return seen !== undefined && change.type !== 'DELETED' && isTrue(seen, 'Ready')
      })
      if (outcome.is === 'found') return { change: outcome.change }
      throw trial.fail({
        expected: expectedText(trial, 'Ready', outcome),
        received: receivedText(trial, outcome, unreadyText),
      })
    },
  })
}

/** The row of a Pod that is not ready, and what its Ready condition says. */
function unreadyText(change: ObjectChange | undefined): string {
  const pod = change && podOf(change)
  const message = pod && condition(pod, 'Ready')?.message
  const row = seenText(change, { status: '', ready: '' })
  return message === undefined ? row : `${row}; ${message}`
}
