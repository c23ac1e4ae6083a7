// umask and ulimit: what the shell's processes may do.

import type { Bytes } from '../../bytes.ts'
import type { Action } from '../../effects.ts'
import { put } from '../../io.ts'
import type { Builtin } from '../builtin.ts'
import { type Shell, ShellError } from '../shell.ts'

export const limits: readonly Builtin[] = [
  { name: 'ulimit', run: tellLimit },
  { name: 'umask', run: umask },
]

function umask(shell: Shell, [, ...words]: readonly Bytes[]): number | Action<number> {
  const { task } = shell
  const [mode] = words.filter((word) => !word.startsWith('-'))
  if (mode === undefined) {
    if (words.includes('-S')) return put(task, 1, `${symbolic(task.umask)}\n`)
    return put(task, 1, `${task.umask.toString(8).padStart(4, '0')}\n`)
  }
  if (!/^[0-7]{1,4}$/.test(mode)) throw new ShellError(`umask: line 0: illegal mode: ${mode}`, 2)
  task.umask = parseInt(mode, 8) & 0o777
  return 0
}

function symbolic(mask: number): Bytes {
  const allowed = [6, 3, 0].map((shift) => 7 & ~(mask >> shift))
  const letters = allowed.map((bits) => `${bits & 4 ? 'r' : ''}${bits & 2 ? 'w' : ''}${bits & 1 ? 'x' : ''}`)
  return `u=${letters[0]},g=${letters[1]},o=${letters[2]}`
}

/** Limits are told, as a container has them; setting one is refused, since nothing here would keep it. */
function tellLimit(shell: Shell, [, ...words]: readonly Bytes[]): number | Action<number> {
  const options = words.filter((word) => word.startsWith('-')).join('')
  const [value] = words.filter((word) => !word.startsWith('-'))
  if (value !== undefined && value !== 'unlimited')
    throw new ShellError('ulimit: setting limits is not supported', 2)
  if (value !== undefined) return 0
  return put(shell.task, 1, options.includes('n') ? '1048576\n' : 'unlimited\n')
}
