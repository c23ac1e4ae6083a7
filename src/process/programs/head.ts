// head: the first lines.

import type { Bytes } from '../bytes.ts'
import { LineReader, read, write } from '../io.ts'
import type { Program } from '../program.ts'
import type { Task } from '../task.ts'
import type { Action } from '../effects.ts'
import { openInput } from './inputs.ts'
import { commandLine } from './options.ts'
import { countOf, spellOutCounts } from './counts.ts'

export const head: Program = {
  name: 'head',
  *run(task) {
    spellOutCounts(task)
    const { has, value, operands } = commandLine(task, 'n:c:qv')
    const names = operands.length > 0 ? operands : ['-']
    const isHeaded = (names.length > 1 && !has('q')) || has('v')
    let status = 0
    for (const [index, name] of names.entries()) {
      const descriptor = yield* openInput(task, name, (file, reason) => `${file}: ${reason}`)
      if (descriptor === undefined) {
        status = 1
        continue
      }
      if (isHeaded)
        yield* write(task, 1, `${index > 0 ? '\n' : ''}==> ${name === '-' ? 'standard input' : name} <==\n`)
      if (has('c')) yield* firstBytes(task, descriptor, countOf(value('c') as Bytes))
      else yield* firstLines(task, descriptor, countOf(value('n') ?? '10'))
    }
    return status
  },
}

function* firstBytes(task: Task, descriptor: number, count: number): Action<void> {
  for (let left = count; left > 0;) {
    const bytes = yield* read(task, descriptor, Math.min(left, 65_536))
    if (bytes === '') return
    left -= bytes.length
    yield* write(task, 1, bytes)
  }
}

/** A negative count is all but the last lines. */
function* firstLines(task: Task, descriptor: number, count: number): Action<void> {
  const reader = new LineReader(task, descriptor)
  const kept: Bytes[] = []
  for (let printed = 0; count < 0 || printed < count; printed++) {
    const line = yield* reader.next()
    if (line === undefined) return
    kept.push(line)
    if (kept.length > Math.max(0, -count)) yield* write(task, 1, kept.shift() ?? '')
  }
}
