// What a file in causes/ provides: it recognises one reason why a Pod does not go on, and says what to do.

import type { Moment } from './moment.ts'
import type { Step, StepName } from './step.ts'

/** A reason in words, for the Because and Next lines of a failure. */
export interface Finding {
  /** A sentence without its full stop: `init-myservice waits for Service "myservice", which does not exist`. */
  readonly because: string
  /** What a reader can do about it: a command, or an advice. */
  readonly next?: string
}

export interface Cause {
  /** How the cause is called, as its file is. */
  readonly name: string
  /** The steps in which it can hold. */
  readonly steps: readonly StepName[]
  /** Holds for every Pod in such a step: only asked when nothing particular is found. */
  readonly isGeneral?: true
  /** Recognises the cause in a Pod that is at the step; undefined when it is not this one. */
  find(moment: Moment, step: Step): Finding | undefined
}
