// Reads a container's log across broken connections: each line once.

import { elapse } from '../../time/elapse.ts'
import type { Clock } from '../../time/clock.ts'
import { Latch } from '../../time/latch.ts'
import type { LogText, Status, Streaming } from '../cluster.ts'
import { LogLines } from '../log-lines.ts'
import { stream } from './stream.ts'
import type { Transport } from './transport.ts'

const MOST_ATTEMPTS = 8
const PAUSE_MS = 200

/** A log is only ever added to: after a break it is read from its beginning, and what was told before is left out. */
export function readLog(
  transport: Transport,
  wall: Clock,
  path: string,
  onLine: (line: LogText) => void,
): Streaming {
  const end = new Latch()
  let failure: Status | undefined
  let current: Streaming | undefined
  let toldLines = 0

  const attempt = async (): Promise<boolean> => {
    let line = 0
    const lines = new LogLines((text) => {
      if (++line <= toldLines) return
      toldLines = line
      onLine(text)
    })
    // What is left when a connection breaks may be the half of a line: only an end that was meant tells it.
    let isWhole = false
    const sink = { write: (chunk: Uint8Array) => lines.write(chunk), end: () => (isWhole = true) }
    const reading = stream(transport, path, sink)
    current = reading
    await new Promise<void>((resolve) => reading.end.onSettle(resolve))
    failure = reading.failure
    if (isWhole) lines.end()
    return failure === undefined || !isBreak(failure)
  }

  const run = async (): Promise<void> => {
    const release = transport.hold()
    try {
      for (let count = 1; count <= MOST_ATTEMPTS && !end.isSettled; count++) {
        const ended = attempt()
        release()
        if (await ended) break
        if (count < MOST_ATTEMPTS) await elapse(wall, PAUSE_MS)
      }
    } finally {
      release()
      end.settle()
    }
  }
  void run()
  return {
    end,
    get failure() {
      return failure
    },
    stop: () => {
      end.settle()
      current?.stop()
    },
  }
}

/** The network's fault, or the server's, and not a refusal. */
function isBreak({ code }: Status): boolean {
  return code === undefined || code === 429 || code >= 500
}
