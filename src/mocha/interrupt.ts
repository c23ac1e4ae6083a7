// SIGINT and SIGTERM: a run clears up before its process ends, as long as that can be waited for.

import { formatDuration } from '../time/duration.ts'
import { hostWall } from '../time/host.ts'

const SIGNALS = { SIGINT: 2, SIGTERM: 15 } as const

/** So many signals are taken for a wish to clear up first; one more ends the process as it stands. */
const PATIENT_SIGNALS = 2
/** A cluster that has vanished cannot be cleared up: whoever wants to end is not kept longer than this. */
const PATIENCE_MS = 10_000

let isListening = false
let signals = 0

/**
 * Calls `clearUp` at the first signal, and ends the process when it is done, has failed, or takes too long; in the latter two cases
 * with what is left, in the words of `leftovers`. Only the first call counts.
 */
export function onInterrupt(clearUp: () => Promise<void>, leftovers: () => string): void {
  if (isListening) return
  isListening = true
  for (const [signal, number] of Object.entries(SIGNALS)) {
    process.on(signal, () => {
      if (++signals > PATIENT_SIGNALS) process.exit(128 + number)
      if (signals > 1) return
      process.exitCode = 128 + number
      void cleared(clearUp, leftovers).finally(() => process.exit(128 + number))
    })
  }
}

async function cleared(clearUp: () => Promise<void>, leftovers: () => string): Promise<void> {
  const why = await Promise.race([clearUp().then(() => undefined, wordsOf), late()])
  if (why !== undefined) process.stderr.write(`podproof: ${why}: what is left is ${leftovers()}\n`)
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function late(): Promise<string> {
  return new Promise((resolve) => {
    hostWall.after(PATIENCE_MS, () => resolve(`clearing up took more than ${formatDuration(PATIENCE_MS)}`))
  })
}
