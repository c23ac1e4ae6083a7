// What a file descriptor leads to, once opened.

import type { Bytes } from './bytes.ts'
import type { Node } from './nodes.ts'
import type { WaitQueue } from './wait-queue.ts'

/** Something that can be read or written: a file at a position, an end of a pipe, a device, a connection. */
export interface Stream {
  /** Up to `most` bytes; '' at the end; undefined means: nothing yet, wait for `readable`. */
  read(most: number): Bytes | undefined
  /** Takes bytes and answers how many; 0 means: no room yet, wait for `writable`. @throws SystemError */
  write(bytes: Bytes): number
  /** Woken when reading may succeed; undefined where reading never has to wait. */
  readonly readable?: WaitQueue | undefined
  /** Woken when writing may succeed; undefined where writing never has to wait. */
  readonly writable?: WaitQueue | undefined
  /** The node of the file system that was opened, for fstat(2). */
  readonly node?: Node
  /** Whether it is a terminal. */
  readonly isTerminal?: boolean
  /** The last descriptor is gone. */
  close?(): void
}

/** An open file description: a stream shared by the descriptors that lead to it, in one process or several. */
export class OpenFile {
  readonly stream: Stream
  #references = 0

  constructor(stream: Stream) {
    this.stream = stream
  }

  retain(): this {
    this.#references++
    return this
  }

  release(): void {
    this.#references--
    if (this.#references === 0) this.stream.close?.()
  }
}
