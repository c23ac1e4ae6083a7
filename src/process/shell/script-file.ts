// Scripts without a #! line: the shell runs them in a copy of itself.

import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { runText } from './interpreter.ts'
import type { Shell } from './shell.ts'
import { forkShell, waitFor } from './subshell.ts'

/** Runs a text file as a script (execve failed with ENOEXEC), with parameters. */
export function* runScriptFile(shell: Shell, path: Bytes, parameters: readonly Bytes[]): Action<void> {
  const { task } = shell
  const text = task.files.read(task.path(path), task.user)
  const child = forkShell(shell, (subshell) => {
    subshell.name = path
    subshell.positional = parameters
    subshell.functions.clear()
    return runText(subshell, text)
  })
  shell.status = yield* waitFor(shell, child.pid)
}
