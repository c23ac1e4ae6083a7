// The kubelet's own log, as `journalctl -u kubelet` shows it: what went wrong and is told to nobody else.

import type { Timers } from '../../time/clock.ts'

/** One line of it. */
export interface JournalLine {
  readonly atMs: number
  readonly text: string
}

/** Older lines are dropped, as journald drops them. */
const MOST_LINES = 1_000

/** It belongs to the node, and outlives the kubelet's process. */
export class Journal {
  readonly #timers: Timers
  readonly #lines: JournalLine[] = []

  constructor(timers: Timers) {
    this.#timers = timers
  }

  get lines(): readonly JournalLine[] {
    return this.#lines
  }

  write(text: string): void {
    this.#lines.push({ atMs: this.#timers.now(), text })
    if (this.#lines.length > MOST_LINES) this.#lines.shift()
  }
}
