// The clock of a real cluster: it waits for the wall.

import type { Clock } from './clock.ts'
import type { Latch } from './latch.ts'

/** Longest delay that the host's timers take (2^31 - 1 ms, about 24 days). */
const MAX_DELAY_MS = 2_147_483_647

/** The host's date, and waiting in real time. Holding it has no effect: the world goes on. */
export class WallClock implements Clock {
  now(): number {
    return Date.now()
  }

  hold(): () => void {
    return () => {}
  }

  pass(until: Latch, deadlineMs: number): Promise<boolean> {
    if (until.isSettled) return Promise.resolve(true)
    return new Promise((resolve) => {
      const delayMs = Math.min(Math.max(deadlineMs - Date.now(), 0), MAX_DELAY_MS)
      const finish = () => {
        clearTimeout(timer)
        stopListening()
        resolve(until.isSettled)
      }
      const timer = setTimeout(finish, delayMs)
      const stopListening = until.onSettle(finish)
    })
  }
}
