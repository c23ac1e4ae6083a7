// The files that a filter reads: those of its command line, or standard input.

import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { LineReader, readAll, write } from '../io.ts'
import { READ } from '../open.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'

/** Opens a named file, or answers standard input for `-`; what cannot be opened is told, and is undefined. */
export function* openInput(
  task: Task,
  name: Bytes,
  complaint = (file: Bytes, reason: string) => `can't open '${file}': ${reason}`,
): Action<number | undefined> {
  if (name === '-') return 0
  try {
    return task.open(name, READ)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    yield* write(task, 2, `${task.program.name}: ${complaint(name, error.text)}\n`)
    return undefined
  }
}

/** The lines of all inputs as one text, without their newlines; `status` is 1 if a file was missing. */
export function* linesOfAll(
  task: Task,
  names: readonly Bytes[],
): Action<{ readonly lines: readonly Bytes[]; readonly status: number }> {
  const lines: Bytes[] = []
  let status = 0
  for (const name of names.length > 0 ? names : ['-']) {
    const descriptor = yield* openInput(task, name)
    if (descriptor === undefined) {
      status = 1
      continue
    }
    lines.push(...linesOf(yield* readAll(task, descriptor)))
    if (descriptor !== 0) task.descriptors.close(descriptor)
  }
  return { lines, status }
}

/** The lines of a text; a newline at its end begins no other line. */
export function linesOf(text: Bytes): readonly Bytes[] {
  if (text === '') return []
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
}

/** Hands over the lines of the inputs one by one, as they come. Answers 1 if a file was missing. */
export function* eachLine(
  task: Task,
  names: readonly Bytes[],
  handle: (line: Bytes, name: Bytes) => Action<boolean>,
): Action<number> {
  let status = 0
  for (const name of names.length > 0 ? names : ['-']) {
    const descriptor = yield* openInput(task, name)
    if (descriptor === undefined) {
      status = 1
      continue
    }
    const reader = new LineReader(task, descriptor)
    for (let line = yield* reader.next(); line !== undefined; line = yield* reader.next()) {
      if (!(yield* handle(line.endsWith('\n') ? line.slice(0, -1) : line, name))) return status
    }
    if (descriptor !== 0) task.descriptors.close(descriptor)
  }
  return status
}
