// expectPod('p').toShowStatus('Running'): from the cursor on, `kubectl get pods` shows this.

import type { ObjectChange } from '../../history/entry.ts'
import type { Claim } from '../sentence.ts'
import type { Subject, Within } from '../subject.ts'
import type { Trial } from '../trial.ts'
import { endedBecause } from './ended.ts'
import { seenText, shows, shownText } from './shown.ts'
import type { Shown, ShownRow } from './shown.ts'

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
  const verdict = await trial.follow((change) => {
    if (shows(change, shown)) return { change }
    const ended = endedBecause(change)
    return ended === undefined ? undefined : { ended }
  })
  if (verdict?.change) return verdict.change
  throw notShown(trial, shown, verdict?.ended)
}

/** The failure of a claim that waited for a row. */
export function notShown(trial: Trial, shown: Shown, ended: string | undefined): Error {
  const text = shownText(shown)
  return trial.fail({
    expected: ended === undefined ? `${text} within ${trial.patience}` : text,
    received: ended === undefined ? seenText(trial.last, shown) : `${seenText(trial.last, shown)}; ${ended}`,
  })
}
