// uniq: neighbouring lines that are the same become one.

import type { Bytes } from '../bytes.ts'
import { write } from '../io.ts'
import type { Program } from '../program.ts'
import { linesOfAll } from './inputs.ts'
import { commandLine } from './options.ts'

export const uniq: Program = {
  name: 'uniq',
  *run(task) {
    const { has, operands } = commandLine(task, 'cdui')
    const { lines, status } = yield* linesOfAll(task, operands.slice(0, 1))
    const groups: { readonly line: Bytes; count: number }[] = []
    const key = (line: Bytes) => (has('i') ? line.toLowerCase() : line)
    for (const line of lines) {
      const last = groups[groups.length - 1]
      if (last && key(last.line) === key(line)) last.count++
      else groups.push({ line, count: 1 })
    }
    const shown = groups.filter(({ count }) => (!has('d') || count > 1) && (!has('u') || count === 1))
    yield* write(
      task,
      1,
      shown.map(({ line, count }) => `${has('c') ? `${String(count).padStart(7)} ` : ''}${line}\n`).join(''),
    )
    return status
  },
}
