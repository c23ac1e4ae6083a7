// Waits until a program has nothing left to do with what it was told.

import type { Wall } from './host.ts'

/** A program is looked at this soon after it was told something, then less and less often. */
const LOOK_MS = 2
const LONGEST_LOOK_MS = 16
/** A program may rest for an instant before it goes on: it is quiet when it was found so as many times in a row. */
const QUIET_LOOKS = 4

/**
 * Calls `onQuiet` once `isQuiet` was answered with true four times in a row, or when `patienceMs` of the wall have gone by.
 * Answers how to prevent it.
 */
export function untilQuiet(
  wall: Wall,
  isQuiet: () => boolean,
  { patienceMs, onQuiet }: { readonly patienceMs: number; readonly onQuiet: () => void },
): () => void {
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
