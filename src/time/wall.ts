// The clock of a real cluster: it waits for the wall.

import type { Clock, Timer, Timers } from './clock.ts'
import type { Latch } from './latch.ts'

/** Longest delay that the host's timers take (2^31 - 1 ms, about 24 days). */
const MAX_DELAY_MS = 2_147_483_647

/** The host's date, and waiting in real time. Holding it has no effect: the world goes on. */
export class WallClock implements Clock, Timers {
  now(): number {
    return Date.now()
  }

  hold(): () => void {
    return () => {}
  }

  at(atMs: number, run: () => void): Timer {
    const timer = setTimeout(run, Math.min(Math.max(atMs - Date.now(), 0), MAX_DELAY_MS))
    return { atMs, cancel: () => clearTimeout(timer) }
  }

  async pass(until: Latch, deadlineMs: number): Promise<boolean> {
    while (!until.isSettled && Date.now() < deadlineMs) await settledOrAfter(until, deadlineMs - Date.now())
    return until.isSettled
  }
}

function settledOrAfter(until: Latch, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer)
      stopListening()
      resolve()
    }
    const timer = setTimeout(finish, Math.min(delayMs, MAX_DELAY_MS))
    const stopListening = until.onSettle(() => setImmediate(finish))
  })
}
