// seq: numbers from first to last.

import { write } from '../io.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { commandLine } from './options.ts'

export const seq: Program = {
  name: 'seq',
  *run(task) {
    // A negative number is no option.
    task.argv = task.argv.flatMap((word, index) =>
      index > 0 && /^-[\d.]/.test(word) ? ['--', word] : [word],
    )
    const { has, value, operands } = commandLine(task, 'ws:')
    const numbers = operands.filter((word) => word !== '--')
    if (numbers.length === 0 || numbers.length > 3) throw new ProgramError('missing operand')
    const bad = numbers.find((word) => !Number.isFinite(Number(word)) || word === '')
    if (bad !== undefined) throw new ProgramError(`invalid number '${bad}'`)
    const first = numbers.length > 1 ? Number(numbers[0]) : 1
    const step = numbers.length > 2 ? Number(numbers[1]) : 1
    const last = Number(numbers[numbers.length - 1])
    const digits = Math.max(...numbers.map((word) => word.split('.')[1]?.length ?? 0))
    const width = has('w') ? Math.max(first.toFixed(digits).length, last.toFixed(digits).length) : 0
    const separator = value('s') ?? '\n'
    const count = step === 0 ? 0 : Math.floor((last - first) / step + 1e-9) + 1
    for (let i = 0; i < count; i++) {
      const text = (first + i * step).toFixed(digits).padStart(width, '0')
      yield* write(task, 1, `${i > 0 ? separator : ''}${text}`)
    }
    if (count > 0) yield* write(task, 1, '\n')
    return 0
  },
}
