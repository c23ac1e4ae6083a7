// `.` and source: the commands of a file, in this shell.

import type { Bytes } from '../../bytes.ts'
import type { Action } from '../../effects.ts'
import { SystemError } from '../../system-error.ts'
import type { Builtin } from '../builtin.ts'
import { runText } from '../interpreter.ts'
import { type Shell, ShellError } from '../shell.ts'

export const dot: readonly Builtin[] = [
  { name: '.', isSpecial: true, run },
  { name: 'source', run },
]

function* run(shell: Shell, fields: readonly Bytes[]): Action<number> {
  const [own = '', file, ...parameters] = fields
  if (file === undefined) throw new ShellError(`${own}: filename argument required`, 2)
  const text = contentOf(shell, own, file)
  const { positional } = shell
  if (parameters.length > 0) shell.positional = parameters
  shell.returnDepth++
  try {
    yield* runText(shell, text)
  } finally {
    shell.returnDepth--
    shell.positional = positional
  }
  if (shell.jump?.kind === 'return') shell.jump = undefined
  return shell.status
}

/** A name without a slash is looked for in PATH, then here. */
function contentOf(shell: Shell, own: Bytes, file: Bytes): Bytes {
  const { task, variables } = shell
  const directories = file.includes('/') ? [] : (variables.get('PATH') ?? '').split(':')
  const found = directories
    .map((directory) => `${directory}/${file}`)
    .find((path) => task.files.exists(task.path(path)))
  try {
    return task.files.read(task.path(found ?? file), task.user)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ShellError(`${own}: line 0: can't open '${file}': ${error.text}`, 2)
  }
}
