// Waits for something that a Pod shows, and stops waiting when it can show nothing new any more.

import type { ObjectChange } from '../../history/entry.ts'
import type { Trial } from '../trial.ts'
import { endedBecause } from './ended.ts'

/** What became of waiting. */
export type Outcome =
  | { readonly is: 'found'; readonly change: ObjectChange }
  | { readonly is: 'ended'; readonly change: ObjectChange; readonly ended: string }
  | { readonly is: 'late' }

/** Looks at every change from the cursor on, in order, until one `isIt`. */
export async function until(trial: Trial, isIt: (change: ObjectChange) => boolean): Promise<Outcome> {
  const outcome = await trial.follow((change): Outcome | undefined => {
    if (isIt(change)) return { is: 'found', change }
    const ended = endedBecause(change)
    return ended === undefined ? undefined : { is: 'ended', change, ended }
  })
  return outcome ?? { is: 'late' }
}

/** What was expected, with the time that it was given if that is what ran out. */
export function expectedText(trial: Trial, text: string, outcome: Outcome): string {
  return outcome.is === 'late' ? `${text} within ${trial.patience}` : text
}

/** What was seen last; where the Pod ended first, that it did. */
export function receivedText(
  trial: Trial,
  outcome: Outcome,
  seen: (change: ObjectChange | undefined) => string,
): string {
  if (outcome.is !== 'ended') return seen(trial.last)
  return outcome.change.type === 'DELETED' ? outcome.ended : `${seen(outcome.change)}; ${outcome.ended}`
}
