// The two ends of a pipe, as descriptors lead to them.

import { Pipe } from './pipe.ts'
import type { Stream } from './stream.ts'
import { SystemError } from './system-error.ts'

/** A new pipe (pipe(2)): closing the last descriptor of one end is seen at the other. */
export function pipeEnds(pipe = new Pipe()): readonly [reader: Stream, writer: Stream] {
  return [readingEnd(pipe), writingEnd(pipe)]
}

/** Where a pipe is read. */
export function readingEnd(pipe: Pipe): Stream {
  return {
    read: (most) => pipe.read(most),
    write: refuse,
    readable: pipe.readable,
    close: () => pipe.abandon(),
  }
}

function writingEnd(pipe: Pipe): Stream {
  return {
    read: refuse,
    write: (bytes) => pipe.write(bytes),
    writable: pipe.writable,
    close: () => pipe.end(),
  }
}

function refuse(): never {
  throw new SystemError('EBADF')
}
