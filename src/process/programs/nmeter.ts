// nmeter: the time of day, line by line; of all that the real one can show this is what scripts use.

import { sleepUntil, write } from '../io.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { strftime } from './dates.ts'
import { commandLine } from './options.ts'

const DEFAULT_DELAY_MS = 1000

export const nmeter: Program = {
  name: 'nmeter',
  *run(task) {
    const { value, operands } = commandLine(task, 'd:')
    const [format = ''] = operands
    const refused = /%(?!\d?t)./.exec(format)
    if (refused) throw new ProgramError(`${refused[0]} is not modelled`)
    const delayMs = Number(value('d') ?? DEFAULT_DELAY_MS)
    for (;;) {
      const text = format.replace(/%(\d?)t/g, (_, digits: string) => timeOfDay(task.now(), Number(digits)))
      yield* write(task, 1, `${text}\n`)
      yield* sleepUntil(task, task.now() + Math.max(delayMs, 1))
    }
  },
}

function timeOfDay(atMs: number, digits: number): string {
  const fraction = String(atMs % 1000)
    .padStart(3, '0')
    .padEnd(digits, '0')
    .slice(0, digits)
  return strftime('%H:%M:%S', atMs) + (digits > 0 ? `.${fraction}` : '')
}
