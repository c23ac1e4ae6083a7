// How a shell ends: errors that stop it, and the EXIT trap.

import type { Action } from '../effects.ts'
import { SystemError } from '../system-error.ts'
import { runText } from './interpreter.ts'
import { type Shell, ShellError } from './shell.ts'

/** Does `body`, then what EXIT traps, and answers the exit status. */
export function* runToEnd(shell: Shell, body: () => Action<number>): Action<number> {
  yield* guarded(shell, body)
  const action = shell.traps.get('EXIT')
  if (action && !shell.isReplaced) {
    shell.traps.reset('EXIT')
    const { status } = shell
    shell.jump = undefined
    yield* guarded(shell, () => runText(shell, action))
    // The trap's own last status does not count, unless it called exit.
    if ((shell.jump as Shell['jump'])?.kind !== 'exit') shell.status = status
  }
  return shell.status
}

/** Does `body`; an error that stops the shell is printed and becomes its status. */
export function* guarded(shell: Shell, body: () => Action<number>): Action<number> {
  const { conditionDepth, loopDepth } = shell
  try {
    return yield* body()
  } catch (error) {
    if (error instanceof ShellError) {
      shell.complain(error.message)
      shell.status = error.status
    } else if (error instanceof SystemError) {
      shell.complain(error.message)
      shell.status = 2
    } else throw error
    // The error has left conditions and loops in the middle.
    Object.assign(shell, { conditionDepth, loopDepth })
    return shell.status
  }
}
