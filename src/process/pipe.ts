// A pipe: bytes from writers to readers, with back-pressure.

import type { Bytes } from './bytes.ts'
import { SystemError } from './system-error.ts'
import { WaitQueue } from './wait-queue.ts'

/** Bytes in flight, in order. As on Linux it holds 64 KiB; what its owner pushes from outside is not limited. */
export class Pipe {
  readonly readable = new WaitQueue()
  readonly writable = new WaitQueue()
  #chunks: Bytes[] = []
  #size = 0
  #isEnded = false
  #isAbandoned = false

  get size(): number {
    return this.#size
  }

  /** Whether nothing will be written any more. */
  get isEnded(): boolean {
    return this.#isEnded
  }

  /** Adds bytes without regard to capacity: for an owner outside of the processes. */
  push(bytes: Bytes): void {
    if (this.#isEnded || this.#isAbandoned || bytes === '') return
    this.#chunks.push(bytes)
    this.#size += bytes.length
    this.readable.wakeAll()
  }

  /** Takes as much of `bytes` as fits, and answers how much; 0 means: wait for `writable`. */
  write(bytes: Bytes): number {
    if (this.#isAbandoned) throw new SystemError('EPIPE')
    const room = CAPACITY_BYTES - this.#size
    // A write that fits in PIPE_BUF is never torn.
    if (room <= 0 || (room < bytes.length && bytes.length <= ATOMIC_BYTES)) return 0
    const taken = bytes.length > room ? bytes.slice(0, room) : bytes
    this.push(taken)
    return taken.length
  }

  /** Up to `most` bytes; '' at the end; undefined means: wait for `readable`. */
  read(most: number): Bytes | undefined {
    const first = this.#chunks[0]
    if (first === undefined) return this.#isEnded ? '' : undefined
    let bytes = first
    if (first.length > most) {
      bytes = first.slice(0, most)
      this.#chunks[0] = first.slice(most)
    } else this.#chunks.shift()
    this.#size -= bytes.length
    this.writable.wakeAll()
    return bytes
  }

  /** No more bytes will come: the last writer has closed. */
  end(): void {
    this.#isEnded = true
    this.readable.wakeAll()
  }

  /** Nobody reads any more: writers get EPIPE. */
  abandon(): void {
    this.#isAbandoned = true
    this.#chunks = []
    this.#size = 0
    this.writable.wakeAll()
  }
}

const CAPACITY_BYTES = 65_536
const ATOMIC_BYTES = 4_096
