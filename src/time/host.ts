// The wall as the clocks of outside clients see it: they take it as an argument, so that specs can bring their own.

import { randomBytes } from 'node:crypto'

/** Time outside of the cluster, and the host's event loop. */
export interface Wall {
  /** Whole milliseconds since the Unix epoch; never goes backwards while the process lives. */
  now(): number
  /** Calls `run` once, `delayMs` from now. Answers how to prevent it. */
  after(delayMs: number, run: () => void): () => void
}

/** Longest delay that the host's timers take (2^31 - 1 ms, about 24 days). */
const MAX_DELAY_MS = 2_147_483_647

/** The host's wall. Its timers do not keep the host's process alive: whoever serves clients has a socket that does. */
export const hostWall: Wall = {
  now: () => Math.floor(performance.timeOrigin + performance.now()),
  after(delayMs, run) {
    const timer = setTimeout(run, Math.min(Math.max(delayMs, 0), MAX_DELAY_MS))
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/** A secret of `bytes` random bytes, in hexadecimal: for credentials, which must not come from a seed. */
export function hostSecret(bytes: number): string {
  return randomBytes(bytes).toString('hex')
}
