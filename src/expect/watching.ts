// Claims that something never happens: watched until the Pod has ended or, with `.for(...)`, for a time.

import { parseDuration } from '../time/duration.ts'
import type { Claim, Held } from './sentence.ts'
import type { Subject } from './subject.ts'
import { literal } from './subject.ts'
import type { Trial } from './trial.ts'

/** A claim as it is: it watches until the Pod can show nothing new, at most for the session's timeout. */
export interface Watching extends Claim {
  /** Watches for this long from now on, and no longer. */
  for(duration: string): Claim
}

/** Makes such a claim; `judge` is told until when to watch. */
export function watching(
  subject: Subject,
  facts: {
    readonly kind: string
    readonly args: readonly unknown[]
    readonly judge: (trial: Trial, deadlineMs: number) => Promise<Held>
  },
): Watching {
  const { kind, args, judge } = facts
  let duration: string | undefined
  const claim = subject.claim({
    kind,
    args: () => `(${args.map(literal).join(', ')})${duration === undefined ? '' : `.for('${duration}')`}`,
    judge: (trial) =>
      judge(trial, duration === undefined ? trial.deadlineMs : trial.nowMs + parseDuration(duration)),
  })
  return Object.assign(claim, {
    for: (period: string) => {
      duration = period
      return claim
    },
  })
}
