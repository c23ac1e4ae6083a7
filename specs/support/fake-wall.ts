// A wall that moves when a spec says so: clocks that live on it can be tested to the millisecond.

import type { Wall } from '../../src/time/host.ts'

interface Alarm {
  readonly atMs: number
  readonly run: () => void
}

/** Starts at the given instant and stands still outside `elapse`. */
export class FakeWall implements Wall {
  #nowMs: number
  #alarms = new Set<Alarm>()

  constructor(startMs = 1_000_000) {
    this.#nowMs = startMs
  }

  now(): number {
    return this.#nowMs
  }

  /** How many alarms are set: nothing may be left behind by what has ended. */
  get alarms(): number {
    return this.#alarms.size
  }

  after(delayMs: number, run: () => void): () => void {
    const alarm = { atMs: this.#nowMs + Math.max(delayMs, 0), run }
    this.#alarms.add(alarm)
    return () => this.#alarms.delete(alarm)
  }

  /** Lets `ms` of the wall go by: every alarm rings at its instant, and whoever is outside gets turns in between. */
  async elapse(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms
    await turns()
    for (let alarm = this.#next(endMs); alarm; alarm = this.#next(endMs)) {
      this.#alarms.delete(alarm)
      this.#nowMs = Math.max(this.#nowMs, alarm.atMs)
      alarm.run()
      await turns()
    }
    this.#nowMs = endMs
  }

  #next(endMs: number): Alarm | undefined {
    const due = [...this.#alarms].filter(({ atMs }) => atMs <= endMs)
    return due.toSorted((a, b) => a.atMs - b.atMs)[0]
  }
}

/** So many turns of the host's event loop that everything that can happen without the wall has happened. */
export async function turns(count = 20): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}
