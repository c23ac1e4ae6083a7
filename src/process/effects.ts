// What a program yields: the only ways in which a process lets time go by.

import type { SignalName } from './signals.ts'
import type { WaitQueue } from './wait-queue.ts'

/** Sleeps until the clock reads `untilMs`. */
export interface Sleep {
  readonly effect: 'sleep'
  readonly untilMs: number
}

/** Waits until one of `queues` wakes the process, at most until `untilMs`. */
export interface Wait {
  readonly effect: 'wait'
  readonly queues: readonly WaitQueue[]
  readonly untilMs?: number
}

/** Uses the processor for `ms`: signals stay pending meanwhile. */
export interface Compute {
  readonly effect: 'compute'
  readonly ms: number
}

/** A reason to be suspended. Everything else a program does happens at one instant. */
export type Effect = Sleep | Wait | Compute

/**
 * Why the process goes on: what it waited for may be there, the time is up, or a signal that it catches came first.
 * Signals that are not caught never show up here: the kernel acts on them after the step.
 */
export type Resumption = 'ready' | 'timeout' | SignalName

/** Something a program does that may take time. */
export type Action<Result> = Generator<Effect, Result, Resumption>
