// Reading and writing as programs do it: waiting where the kernel would make them wait.

import type { Bytes } from './bytes.ts'
import type { Action, Resumption } from './effects.ts'
import type { SignalName } from './signals.ts'
import type { Stream } from './stream.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'

/** Thrown when a caught signal comes while a program reads, writes or sleeps (EINTR). */
export class Interrupted extends Error {
  readonly signal: SignalName

  constructor(signal: SignalName) {
    super(`interrupted by SIG${signal}`)
    this.name = 'Interrupted'
    this.signal = signal
  }
}

/** Most bytes of one read. */
export const BLOCK_BYTES = 65_536

/** Up to `most` bytes from a descriptor; '' at the end. @throws SystemError, Interrupted */
export function* read(task: Task, descriptor: number, most: number = BLOCK_BYTES): Action<Bytes> {
  const stream = task.descriptors.stream(descriptor)
  for (;;) {
    const bytes = stream.read(most)
    if (bytes !== undefined) return bytes
    refuseSignal(yield { effect: 'wait', queues: stream.readable ? [stream.readable] : [] })
  }
}

/** Everything up to the end. */
export function* readAll(task: Task, descriptor: number): Action<Bytes> {
  let all = ''
  for (;;) {
    const bytes = yield* read(task, descriptor)
    if (bytes === '') return all
    all += bytes
    task.allocate(bytes.length)
  }
}

/** Writes all of `bytes`. A pipe that nobody reads kills the process (SIGPIPE). @throws SystemError, Interrupted */
export function* write(task: Task, descriptor: number, bytes: Bytes): Action<void> {
  const stream = task.descriptors.stream(descriptor)
  for (let rest = bytes; rest !== '';) {
    const taken = writeSome(task, stream, rest)
    rest = rest.slice(taken)
    if (taken === 0) refuseSignal(yield { effect: 'wait', queues: stream.writable ? [stream.writable] : [] })
  }
}

/** Writes at once if there is room, and answers `status`; else what is left to do. */
export function put(task: Task, descriptor: number, bytes: Bytes, status = 0): number | Action<number> {
  const stream = task.descriptors.stream(descriptor)
  const taken = bytes === '' ? 0 : writeSome(task, stream, bytes)
  return taken === bytes.length ? status : putRest(task, descriptor, bytes.slice(taken), status)
}

function* putRest(task: Task, descriptor: number, rest: Bytes, status: number): Action<number> {
  yield* write(task, descriptor, rest)
  return status
}

function writeSome(task: Task, stream: Stream, bytes: Bytes): number {
  try {
    return stream.write(bytes)
  } catch (error) {
    if (error instanceof SystemError && error.code === 'EPIPE') task.post('PIPE')
    throw error
  }
}

/** Sleeps until the clock reads `untilMs`. @throws Interrupted */
export function* sleepUntil(task: Task, untilMs: number): Action<void> {
  while (task.now() < untilMs) refuseSignal(yield { effect: 'sleep', untilMs })
}

/** Sleeps for ever: until a signal ends the process, or one comes that it catches. */
export function* pause(): Action<SignalName> {
  for (;;) {
    const resumption = yield { effect: 'wait', queues: [] }
    if (resumption !== 'ready' && resumption !== 'timeout') return resumption
  }
}

function refuseSignal(resumption: Resumption): void {
  if (resumption !== 'ready' && resumption !== 'timeout') throw new Interrupted(resumption)
}

/** Reads a descriptor line by line. What was read beyond a line stays with the reader. */
export class LineReader {
  #task: Task
  #descriptor: number
  #rest = ''
  #isAtEnd = false

  constructor(task: Task, descriptor: number) {
    this.#task = task
    this.#descriptor = descriptor
  }

  /** The next line with its newline (the last may have none); undefined at the end. */
  *next(): Action<Bytes | undefined> {
    for (;;) {
      const end = this.#rest.indexOf('\n')
      if (end >= 0) return this.#take(end + 1)
      if (this.#isAtEnd) return this.#rest === '' ? undefined : this.#take(this.#rest.length)
      const bytes = yield* read(this.#task, this.#descriptor)
      if (bytes === '') this.#isAtEnd = true
      else this.#rest += bytes
    }
  }

  #take(length: number): Bytes {
    const line = this.#rest.slice(0, length)
    this.#rest = this.#rest.slice(length)
    return line
  }
}
