// tail: the last lines, and with -f what is added later.

import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { pause, readAll, write } from '../io.ts'
import type { Program } from '../program.ts'
import { RegularFile } from '../regular-file.ts'
import type { Task } from '../task.ts'
import { openInput } from './inputs.ts'
import { commandLine } from './options.ts'
import { countOf, spellOutCounts } from './counts.ts'

export const tail: Program = {
  name: 'tail',
  *run(task) {
    spellOutCounts(task)
    const { has, value, operands } = commandLine(task, 'fFn:c:qvs:')
    const names = operands.length > 0 ? operands : ['-']
    const opened: number[] = []
    let status = 0
    for (const [index, name] of names.entries()) {
      const descriptor = yield* openInput(task, name)
      if (descriptor === undefined) {
        status = 1
        continue
      }
      opened.push(descriptor)
      if ((names.length > 1 && !has('q')) || has('v'))
        yield* write(task, 1, `${index > 0 ? '\n' : ''}==> ${name} <==\n`)
      const all = yield* readAll(task, descriptor)
      yield* write(
        task,
        1,
        has('c') ? lastBytes(all, value('c') as Bytes) : lastLines(all, value('n') ?? '10'),
      )
    }
    if ((has('f') || has('F')) && opened.length > 0)
      yield* follow(task, opened, Number(value('s') ?? 1) * 1000)
    return opened.length === 0 ? 1 : status
  },
}

function lastBytes(text: Bytes, count: Bytes): Bytes {
  return count.startsWith('+')
    ? text.slice(Math.max(0, countOf(count) - 1))
    : text.slice(Math.max(0, text.length - Math.abs(countOf(count))))
}

function lastLines(text: Bytes, count: Bytes): Bytes {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? []
  if (count.startsWith('+')) return lines.slice(Math.max(0, countOf(count) - 1)).join('')
  const number = Math.abs(countOf(count))
  return number === 0 ? '' : lines.slice(-number).join('')
}

/** Looks again every `everyMs`, as tail does; between, it wakes only if a file has changed. */
function* follow(task: Task, descriptors: readonly number[], everyMs: number): Action<void> {
  const streams = descriptors.map((descriptor) => task.descriptors.stream(descriptor))
  const files = streams.filter((stream) => stream instanceof RegularFile)
  // A device such as /dev/null never grows.
  if (files.length === 0) yield* pause()
  const startMs = task.now()
  for (;;) {
    yield { effect: 'wait', queues: files.map((file) => file.node.changed) }
    const atMs = startMs + Math.ceil((task.now() - startMs) / everyMs) * everyMs
    if (atMs > task.now()) yield { effect: 'sleep', untilMs: atMs }
    for (const file of files) {
      // A file that has become shorter was begun anew.
      if (file.position > file.node.content.length) file.position = 0
      yield* write(task, 1, file.read(Infinity))
    }
  }
}
