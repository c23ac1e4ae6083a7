// A clock that reads another time than the one it lives by: that of a cluster whose clock is ahead of ours, or behind.

import type { Clock, Timer, Timers } from './clock.ts'
import type { Latch } from './latch.ts'

/** `shiftMs` ahead of another clock, and otherwise like it. */
export class ShiftedClock implements Clock, Timers {
  readonly #clock: Clock & Timers
  readonly #shiftMs: number

  constructor(clock: Clock & Timers, shiftMs: number) {
    this.#clock = clock
    this.#shiftMs = shiftMs
  }

  now(): number {
    return this.#clock.now() + this.#shiftMs
  }

  hold(): () => void {
    return this.#clock.hold()
  }

  at(atMs: number, run: () => void): Timer {
    const timer = this.#clock.at(atMs - this.#shiftMs, run)
    return { atMs, cancel: () => timer.cancel() }
  }

  pass(until: Latch, deadlineMs: number): Promise<boolean> {
    return this.#clock.pass(until, deadlineMs - this.#shiftMs)
  }
}
