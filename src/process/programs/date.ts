// date: the instant, as text.

import { write } from '../io.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { strftime } from './dates.ts'
import { commandLine } from './options.ts'

export const date: Program = {
  name: 'date',
  *run(task) {
    const { value, operands, has } = commandLine(task, 'ud:s:r:RI', {
      long: { date: 'd', utc: 'u', reference: 'r' },
    })
    if (has('s')) throw new ProgramError("can't set date: Operation not permitted")
    const [format = '+%a %b %e %H:%M:%S %Z %Y'] = operands
    if (!format.startsWith('+')) throw new ProgramError(`invalid date '${format}'`)
    const reference = value('r')
    const atMs =
      reference === undefined
        ? instantOf(value('d'), task.now())
        : task.files.node(task.path(reference)).mtimeMs
    const shown = has('R') ? '+%a, %d %b %Y %H:%M:%S %z' : has('I') ? '+%F' : format
    yield* write(task, 1, `${strftime(shown.slice(1), atMs)}\n`)
    return 0
  },
}

/** `@SECONDS`, `YYYY-MM-DD hh:mm[:ss]`, `hh:mm[:ss]`. */
function instantOf(text: string | undefined, nowMs: number): number {
  if (text === undefined || text === 'now') return nowMs
  if (/^@\d+$/.test(text)) return Number(text.slice(1)) * 1000
  const today = new Date(nowMs).toISOString().slice(0, 10)
  const whole = /^\d{1,2}:\d{2}/.test(text) ? `${today} ${text}` : text
  const found = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?)Z?)?$/.exec(whole)
  if (!found) throw new ProgramError(`invalid date '${text}'`)
  return Date.parse(`${found[1]}T${found[2] ?? '00:00'}Z`)
}
