// trap: what the shell does on signals and at its end.

import type { Bytes } from '../../bytes.ts'
import type { Action } from '../../effects.ts'
import { put } from '../../io.ts'
import { signalNamed } from '../../signals.ts'
import type { Builtin } from '../builtin.ts'
import type { Shell } from '../shell.ts'
import type { TrapName } from '../traps.ts'

export const trap: Builtin = { name: 'trap', isSpecial: true, run }

function run(shell: Shell, [, ...words]: readonly Bytes[]): number | Action<number> {
  const fields = words[0] === '--' ? words.slice(1) : words
  if (fields.length === 0 || fields[0] === '-p') return list(shell)
  // `trap TERM` and `trap 15 2` reset: there is a condition where the action would be.
  const isReset = fields.length === 1 || fields[0] === '-' || /^\d+$/.test(fields[0] as Bytes)
  const names = isReset && fields[0] !== '-' ? fields : fields.slice(1)
  let status = 0
  for (const name of names) {
    const condition = conditionOf(name)
    if (!condition) {
      shell.complain(`trap: ${name}: invalid signal specification`)
      status = 1
    } else if (isReset) shell.traps.reset(condition)
    else shell.traps.set(condition, fields[0] as Bytes)
  }
  return status
}

function conditionOf(name: Bytes): TrapName | undefined {
  return name === '0' || name.toUpperCase() === 'EXIT' ? 'EXIT' : signalNamed(name)
}

function list(shell: Shell): number | Action<number> {
  const lines = shell.traps.entries.map(
    ([name, action]) => `trap -- '${action.replaceAll("'", `'"'"'`)}' ${name}\n`,
  )
  return put(shell.task, 1, lines.join(''))
}
