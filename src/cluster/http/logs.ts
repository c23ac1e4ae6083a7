// Reads a container's log across broken connections: each line once.

import { elapse } from '../../time/elapse.ts'
import type { Clock } from '../../time/clock.ts'
import { Latch } from '../../time/latch.ts'
import type { ContainerTarget, LogOptions, LogText, Status, Streaming } from '../cluster.ts'
import { LogLines } from '../log-lines.ts'
import { logPath } from '../paths.ts'
import { stream } from './stream.ts'
import { ToldLines } from './told-lines.ts'
import type { Transport } from './transport.ts'

/** So often in a row a log is asked for in vain before it counts as lost. */
const MOST_ATTEMPTS = 8
const PAUSE_MS = 200

export interface LogFacts {
  readonly transport: Transport
  /** By which the network is waited for. */
  readonly wall: Clock
  readonly target: ContainerTarget
  readonly options: LogOptions
  readonly onLine: (line: LogText) => void
  /** Called with how many bytes were read, and taken note of; the end counts for one. */
  readonly onStreamed?: ((bytes: number) => void) | undefined
}

/** After a break the log is read on from where it broke; what was told before is left out. */
export function readLog(facts: LogFacts): Streaming {
  const reading = new LogReading(facts)
  reading.run()
  return reading
}

class LogReading implements Streaming {
  readonly end = new Latch()
  failure: Status | undefined
  readonly #facts: LogFacts
  readonly #told = new ToldLines()
  #current: Streaming | undefined
  #failedAttempts = 0
  #release = () => {}

  constructor(facts: LogFacts) {
    this.#facts = facts
  }

  run(): void {
    this.#hold()
    this.end.onSettle(() => this.#release())
    const failed = (error: unknown) => (this.failure ??= { message: String(error) })
    void this.#readToEnd()
      .catch(failed)
      .finally(() => this.end.settle())
  }

  stop(): void {
    this.end.settle()
    this.#current?.stop()
  }

  async #readToEnd(): Promise<void> {
    while (!this.end.isSettled) {
      const failure = await this.#read()
      this.failure = failure
      if (!failure || !isBreak(failure) || ++this.#failedAttempts >= MOST_ATTEMPTS) return
      this.#hold()
      await elapse(this.#facts.wall, PAUSE_MS)
    }
  }

  /** While nobody tells us what is written, a clock that can be stopped stands still: a log goes with its container. */
  #hold(): void {
    const release = this.#release
    this.#release = this.#facts.transport.hold()
    release()
  }

  /** Reads what was not told yet, until the connection ends; answers why it ended before its time. */
  async #read(): Promise<Status | undefined> {
    const { transport, target, options, onStreamed } = this.#facts
    const lines = this.#newLines()
    let isOpen = false
    const sink = {
      opened: () => {
        isOpen = true
        this.#opened()
      },
      write: (chunk: Uint8Array) => {
        lines.write(chunk)
        onStreamed?.(chunk.length)
      },
      end: () => {
        lines.end()
        if (isOpen) onStreamed?.(1)
      },
    }
    const current = stream(transport, logPath(target, options, this.#told.sinceMs), sink)
    this.#current = current
    await new Promise<void>((resolve) => current.end.onSettle(resolve))
    return current.failure
  }

  #opened(): void {
    this.#failedAttempts = 0
    this.#release()
  }

  #newLines(): LogLines {
    const wasTold = this.#told.again()
    return new LogLines((line) => {
      if (wasTold(line)) return
      this.#told.add(line)
      this.#facts.onLine(line)
    })
  }
}

/** The network's fault, or the server's, and not a refusal. */
function isBreak({ code }: Status): boolean {
  return code === undefined || code === 429 || code >= 500
}
