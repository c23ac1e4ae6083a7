// expectPod('p').toStay('Init:0/2').for('10s'): once the Pod shows this, it shows nothing else for so long.

import { parseDuration, formatDuration } from '../../time/duration.ts'
import type { ObjectChange } from '../../history/entry.ts'
import type { Claim } from '../sentence.ts'
import { literal } from '../subject.ts'
import type { Subject, Within } from '../subject.ts'
import type { Trial } from '../trial.ts'
import { seenText, shows, shownText } from './shown.ts'
import type { Shown } from './shown.ts'
import { untilShown } from './to-show-status.ts'

/** `toStay` without its period: awaited as it is, it fails. */
export interface Staying extends Claim {
  /**
   * The period, counted from the cursor if the Pod shows the row there, else from the change with which it does.
   * The next claim begins at the period's end.
   */
  for(duration: string): Claim
}

export function toStay(pod: Subject, shown: Shown, options?: Within): Staying {
  let duration: string | undefined
  const claim = pod.claim({
    kind: 'toStay',
    args: () => `(${[shown, ...(options ? [options] : [])].map(literal).join(', ')})${suffix(duration)}`,
    within: options?.within,
    judge: (trial) => {
      if (duration !== undefined) return stayed(trial, shown, parseDuration(duration))
      throw trial.fail({
        expected: 'a period',
        received: 'none',
        timeline: [],
        next: "say how long: .toStay(...).for('10s')",
      })
    },
  })
  return Object.assign(claim, {
    for: (period: string) => {
      duration = period
      return claim
    },
  })
}

async function stayed(trial: Trial, shown: Shown, periodMs: number) {
  const first = await untilShown(trial, shown)
  const fromMs = Math.max(first.atMs, trial.cursor.atMs)
  const toMs = fromMs + periodMs
  const cursor = { order: first.order, atMs: fromMs }
  const left = await trial.follow((change) => (shows(change, shown) ? undefined : isBefore(change, toMs)), {
    from: cursor,
    deadlineMs: toMs,
  })
  if (left === undefined || left === 'later')
    return { atMs: toMs, cursor: { order: orderAt(trial, toMs), atMs: toMs } }
  const lastedMs = left.atMs - fromMs
  throw trial.fail({
    expected: `${shownText(shown)} for ${formatDuration(periodMs)}`,
    received: `${seenText(left, shown)} after ${formatDuration(lastedMs)}`,
  })
}

/** A change after the period ends the search: what stood until then stood long enough. */
function isBefore(change: ObjectChange, toMs: number): ObjectChange | 'later' {
  return change.atMs < toMs ? change : 'later'
}

/** The place of the state that stood at an instant. */
function orderAt(trial: Trial, atMs: number): number {
  return trial.wholeLife.findLast((change) => change.atMs <= atMs)?.order ?? 0
}

function suffix(duration: string | undefined): string {
  return duration === undefined ? '' : `.for('${duration}')`
}
