// cut: columns of lines.

import type { Bytes } from '../bytes.ts'
import { write } from '../io.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { eachLine } from './inputs.ts'
import { commandLine } from './options.ts'

interface Range {
  readonly from: number
  readonly to: number
}

export const cut: Program = {
  name: 'cut',
  *run(task) {
    const { has, value, operands } = commandLine(task, 'b:c:f:d:sn')
    const list = value('f') ?? value('c') ?? value('b')
    if (list === undefined) throw new ProgramError('expected a list of bytes, characters, or fields')
    const ranges = list.split(',').map(rangeOf)
    const delimiter = value('d') ?? '\t'
    return yield* eachLine(task, operands, function* (line) {
      if (value('f') === undefined) yield* write(task, 1, `${selected(line.split(''), ranges).join('')}\n`)
      else if (line.includes(delimiter))
        yield* write(task, 1, `${selected(line.split(delimiter), ranges).join(delimiter)}\n`)
      else if (!has('s')) yield* write(task, 1, `${line}\n`)
      return true
    })
  },
}

function rangeOf(text: Bytes): Range {
  const found = /^(\d*)(-?)(\d*)$/.exec(text)
  if (!found || text === '' || text === '-') throw new ProgramError('invalid byte or field list')
  const [, from = '', dash, to = ''] = found
  return { from: Number(from || 1), to: dash === '' ? Number(from) : to === '' ? Infinity : Number(to) }
}

function selected(parts: readonly Bytes[], ranges: readonly Range[]): readonly Bytes[] {
  return parts.filter((_, index) => ranges.some(({ from, to }) => index + 1 >= from && index + 1 <= to))
}
