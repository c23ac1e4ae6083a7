// Waits until a program has nothing left to do with what it was told.

import type { ClientProcess } from './client-clock.ts'
import type { Wall } from './host.ts'

/** A program is looked at this soon after it was told something, then less and less often. */
const LOOK_MS = 2
const LONGEST_LOOK_MS = 16
/** A program may rest for an instant before it goes on: it is quiet when it was found so as many times in a row. */
const QUIET_LOOKS = 4

/** A program that was told something, and of which the host shows nothing, gets so long to answer. */
const ANSWER_MS = 50

/** What is waited for, and how long at most. */
interface Patience {
  readonly patienceMs: number
  readonly onQuiet: () => void
}

/** Calls `onQuiet` once `process` can answer nothing more of what it was told, or after 50 ms where nobody sees it. Answers how to prevent it. */
export function untilAnswered(
  wall: Wall,
  process: ClientProcess | undefined,
  patience: Patience,
): () => void {
  return process
    ? untilQuiet(wall, () => process.isQuiet(), patience)
    : wall.after(ANSWER_MS, patience.onQuiet)
}

/**
 * Calls `onQuiet` once `isQuiet` was answered with true four times in a row, or when `patienceMs` of the wall have gone by.
 * Answers how to prevent it.
 */
function untilQuiet(wall: Wall, isQuiet: () => boolean, { patienceMs, onQuiet }: Patience): () => void {
  const giveUpWallMs = wall.now() + patienceMs
  let quietLooks = 0
  let nextMs = LOOK_MS
  const look = () => {
    quietLooks = isQuiet() ? quietLooks + 1 : 0
    if (quietLooks >= QUIET_LOOKS || wall.now() >= giveUpWallMs) return onQuiet()
    nextMs = quietLooks > 0 ? LOOK_MS : Math.min(nextMs * 2, LONGEST_LOOK_MS)
    cancel = wall.after(nextMs, look)
  }
  let cancel = wall.after(LOOK_MS, look)
  return () => cancel()
}
