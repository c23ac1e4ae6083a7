// command: runs a builtin or program past functions, or tells what a name is.

import type { Bytes } from '../../bytes.ts'
import type { Action } from '../../effects.ts'
import { put } from '../../io.ts'
import type { Builtin } from '../builtin.ts'
import { describe, meaningOf } from '../meaning.ts'
import { runFields } from '../simple-command.ts'
import type { Shell } from '../shell.ts'

export const command: Builtin = {
  name: 'command',
  run(shell, fields) {
    const [option, ...rest] = fields.slice(1)
    if (option === '-v' || option === '-V') return tell(shell, rest, option === '-V')
    return run(shell, option === '--' || option === '-p' ? rest : fields.slice(1))
  },
}

function* run(shell: Shell, fields: readonly Bytes[]): Action<number> {
  if (fields.length > 0) yield* runFields(shell, fields)
  else shell.status = 0
  return shell.status
}

function tell(shell: Shell, names: readonly Bytes[], isVerbose: boolean): number | Action<number> {
  const meanings = names.map((name) => meaningOf(shell, name))
  const lines = meanings.flatMap((meaning, index) => {
    if (isVerbose) return [describe(names[index] as Bytes, meaning)]
    if (!meaning) return []
    return [meaning.kind === 'program' ? meaning.path : (names[index] as Bytes)]
  })
  const status = meanings.includes(undefined) ? 127 : 0
  return put(shell.task, 1, lines.map((line) => `${line}\n`).join(''), status)
}
