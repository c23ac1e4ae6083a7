// Where a process that was spawned from outside reads and writes: its owner's pipe and callbacks, or a terminal.

import type { Timers } from '../time/clock.ts'
import { nullStream } from './devices.ts'
import { readingEnd } from './pipe-ends.ts'
import type { Output, ProcessSpec } from './process.ts'
import type { ProcessTable } from './process-table.ts'
import type { Stream } from './stream.ts'
import { SystemError } from './system-error.ts'
import { Terminal } from './terminal.ts'
import { WaitQueue } from './wait-queue.ts'

/** What the processes of one spawn share: descriptors 0, 1 and 2 of the first of them. */
export interface Console {
  readonly streams: readonly [stdin: Stream, stdout: Stream, stderr: Stream]
  /** Woken when the owner has pushed something that can be read. */
  readonly readable: WaitQueue
  readonly terminal?: Terminal
}

export function consoleOf(spec: ProcessSpec, table: ProcessTable): Console {
  const { timers } = table.surroundings
  if (spec.tty) {
    const terminal = new Terminal(spec, table)
    const { stream } = terminal
    return { streams: [stream, stream, stream], readable: stream.readable, terminal }
  }
  const stdin = spec.stdin ? readingEnd(spec.stdin) : nullStream
  const streams = [stdin, sink(spec.stdout, timers), sink(spec.stderr, timers)] as const
  return { streams, readable: spec.stdin?.readable ?? new WaitQueue() }
}

/** Hands every write to the owner, with its instant. */
function sink(output: Output | undefined, timers: Timers): Stream {
  return {
    read() {
      throw new SystemError('EBADF')
    },
    write(bytes) {
      output?.(bytes, timers.now())
      return bytes.length
    },
  }
}
