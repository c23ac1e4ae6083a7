// expectPod('p').toShowStatus('Running'): from the cursor on, `kubectl get pods` shows this.

import type { ObjectChange } from '../../history/entry.ts'
import type { Claim } from '../sentence.ts'
import type { Subject, Within } from '../subject.ts'
import type { Trial } from '../trial.ts'
import { meantIn, seenText, shows, shownText } from './shown.ts'
import type { Shown, ShownRow } from './shown.ts'
import { expectedText, receivedText, until } from './until.ts'

export interface ShowOptions extends Within, Omit<ShownRow, 'status'> {}

export function toShowStatus(pod: Subject, status: string | RegExp, options?: ShowOptions): Claim {
  const { within, ...columns } = options ?? {}
  const shown: ShownRow = { status, ...columns }
  return pod.claim({
    kind: 'toShowStatus',
    args: options ? [status, options] : [status],
    within,
    judge: async (trial) => ({ change: await untilShown(trial, shown) }),
  })
}

/** The change with which the Pod shows this; throws the failure when it does not come, or cannot come any more. */
export async function untilShown(trial: Trial, shown: Shown): Promise<ObjectChange> {
  const outcome = await until(trial, (change) => shows(change, shown))
  if (outcome.is === 'found') return outcome.change
  const meant = meantIn(shown)
  throw trial.fail({
    expected: expectedText(trial, shownText(shown), outcome),
    received: receivedText(trial, outcome, (change) => seenText(change, shown)),
    ...(meant !== undefined && { next: `did you mean "${meant}"?` }),
  })
}
