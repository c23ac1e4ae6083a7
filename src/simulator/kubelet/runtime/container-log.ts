// What a container has written, line by line, as the log files of its node keep it.

import { type Bytes, decode } from '../../../process/bytes.ts'

/** One line of a log. */
export interface LogLine {
  readonly atMs: number
  readonly stream: 'stdout' | 'stderr'
  /** Without the newline. */
  readonly text: string
}

/** A log file is turned over beyond this size; `kubectl logs` reads the newest one alone (kubelet config: containerLogMaxSize). */
export const LOG_FILE_MAX_BYTES = 10 * 1024 * 1024

/** Instant, stream and tag before every line of a CRI log file. */
const LINE_OVERHEAD_BYTES = 42

/** The log of one container instance. */
export class ContainerLog {
  #lines: LogLine[] = []
  #sizeBytes = 0
  #partial: { stdout?: Bytes; stderr?: Bytes } = {}
  #followers: Set<(line: LogLine) => void> | undefined
  #isClosed = false
  #onClose: (() => void)[] = []

  /** The lines of the newest file, oldest first. */
  get lines(): readonly LogLine[] {
    return this.#lines
  }

  get sizeBytes(): number {
    return this.#sizeBytes
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Takes what a process writes; whole lines are entered, the rest waits for its newline. */
  write(stream: 'stdout' | 'stderr', bytes: Bytes, atMs: number): void {
    const pieces = ((this.#partial[stream] ?? '') + bytes).split('\n')
    this.#partial[stream] = pieces.pop() ?? ''
    for (const piece of pieces) this.#enter({ atMs, stream, text: decode(piece) })
  }

  /** The container has ended: what waited for a newline is entered as it is. */
  close(atMs: number): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      const rest = this.#partial[stream]
      if (rest) this.#enter({ atMs, stream, text: decode(rest) })
    }
    this.#partial = {}
    this.#isClosed = true
    for (const end of this.#onClose) end()
    this.#onClose = []
  }

  /** Calls `onLine` for every further line and `onEnd` when there will be none. Answers how to stop. */
  follow(onLine: (line: LogLine) => void, onEnd: () => void): () => void {
    this.#followers ??= new Set()
    this.#followers.add(onLine)
    if (this.#isClosed) onEnd()
    else this.#onClose.push(onEnd)
    return () => this.#followers?.delete(onLine)
  }

  #enter(line: LogLine): void {
    if (this.#sizeBytes > LOG_FILE_MAX_BYTES) {
      this.#lines = []
      this.#sizeBytes = 0
    }
    this.#lines.push(line)
    this.#sizeBytes += line.text.length + LINE_OVERHEAD_BYTES
    for (const follower of this.#followers ?? []) follower(line)
  }
}
