// Calls of functions: their parameters, local variables and return.

import type { Function as FunctionNode } from 'unbash'
import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { runNode, runStatements } from './interpreter.ts'
import { type Shell, ShellError } from './shell.ts'

/** The host's stack bears a little more than this; a real shell dies of it too, only later. */
const DEEPEST_CALL = 250

/** Calls a function with parameters of its own; `return` ends it, and `local` variables end with it. */
export function* callFunction(
  shell: Shell,
  { body, name }: FunctionNode,
  parameters: readonly Bytes[],
): Action<void> {
  const { positional, loopDepth } = shell
  if (shell.returnDepth >= DEEPEST_CALL)
    throw new ShellError(`${name.value}: functions are nested too deep`, 2)
  shell.positional = parameters
  shell.loopDepth = 0
  shell.returnDepth++
  shell.variables.enterScope()
  try {
    if (body.type === 'CompoundList') yield* runStatements(shell, body.commands)
    else yield* runNode(shell, body)
  } finally {
    shell.variables.leaveScope()
    shell.returnDepth--
    shell.loopDepth = loopDepth
    shell.positional = positional
  }
  if (shell.jump?.kind === 'return') shell.jump = undefined
}
