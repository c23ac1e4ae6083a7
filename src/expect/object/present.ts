// What claims about objects of any kind share: they are watched from the moment somebody claims something of them.

import type { ObjectChange } from '../../history/entry.ts'
import type { Trial } from '../trial.ts'

/** Begins to record the kind that the trial is about, if that has not begun already. */
export async function observe(trial: Trial): Promise<void> {
  const { session, about } = trial
  session.watch(await session.heldWhile(() => session.resources.named(about.kind)))
}

/** Whether the object is there in a change. */
export function isPresent({ type }: ObjectChange): boolean {
  return type !== 'DELETED'
}
