// date: the instant, as text.

import { write } from '../io.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { strftime } from './dates.ts'
import { commandLine } from './options.ts'

/** busybox's, which leaves `%N` as it is. */
export const date = dateThatPrints(strftime)

/** GNU's, of Debian and of people's machines: it knows nanoseconds too. */
export function gnuDate(): Program {
  return dateThatPrints((format, atMs) => strftime(withNanoseconds(format, atMs), atMs))
}

function dateThatPrints(print: typeof strftime): Program {
  return {
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
      yield* write(task, 1, `${print(shown.slice(1), atMs)}\n`)
      return 0
    },
  }
}

/** `%N` is nine digits of the second's fraction, `%3N` the first three (coreutils: gnulib/lib/nstrftime.c). */
function withNanoseconds(format: string, atMs: number): string {
  const digits = `${String(Math.floor(atMs) % 1000).padStart(3, '0')}000000`
  return format.replaceAll(/%%|%(\d?)N/g, (whole, width: string | undefined) =>
    whole === '%%' ? whole : digits.slice(0, Number(width || 9)),
  )
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
