// The timers of a process of the node that can be stopped: what it had planned then never happens.

import type { Timer, Timers } from '../../time/clock.ts'

/** Timers that end with their owner. */
export class StoppableTimers implements Timers {
  readonly #timers: Timers
  #isStopped = false

  constructor(timers: Timers) {
    this.#timers = timers
  }

  get isStopped(): boolean {
    return this.#isStopped
  }

  now(): number {
    return this.#timers.now()
  }

  at(atMs: number, run: () => void): Timer {
    return this.#timers.at(atMs, () => {
      if (!this.#isStopped) run()
    })
  }

  stop(): void {
    this.#isStopped = true
  }
}
