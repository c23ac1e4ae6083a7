// Runs the commands of a script, one kind of command after the other.

import type { AndOr, CommandNode, Pipeline, PipelineNode, Statement } from 'unbash'
import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { runCompound } from './compound.ts'
import { runPipeline, startInBackground } from './jobs.ts'
import type { Shell } from './shell.ts'
import { runSimple } from './simple-command.ts'
import { forkShell, waitFor } from './subshell.ts'
import { readScript } from './syntax.ts'

/**
 * Runs statements in order and answers the last status. `isLast`: the process has nothing to do afterwards, so a last
 * simple command may replace it instead of becoming a child (ash's EV_EXIT).
 */
export function* runStatements(
  shell: Shell,
  statements: readonly Statement[],
  isLast = false,
): Action<number> {
  for (let i = 0; i < statements.length; i++) {
    const statement = statements[i] as Statement
    if (statement.background) startInBackground(shell, statement.command)
    else yield* runNode(shell, statement.command, isLast && i === statements.length - 1)
    if (shell.traps.hasPending) yield* runTraps(shell)
    if (shell.jump) break
  }
  return shell.status
}

/** Runs a text as the shell's own commands, as eval, traps and -c do. @throws ShellError for a syntax error */
export function* runText(shell: Shell, text: Bytes): Action<number> {
  const { statements, error } = readScript(text, shell.dialect)
  if (statements.length === 0) shell.status = 0
  yield* runStatements(shell, statements, shell.becomesLastCommand)
  if (error && !shell.jump) throw error
  return shell.status
}

/** Runs the actions of the signals that have come meanwhile. */
export function* runTraps(shell: Shell): Action<void> {
  for (let signal = shell.traps.take(); signal; signal = shell.traps.take()) {
    const action = shell.traps.get(signal)
    if (!action) continue
    const { status, jump } = shell
    shell.jump = undefined
    yield* runText(shell, action)
    if (shell.jump) return
    shell.status = status
    shell.jump = jump
  }
}

/** Runs one command of whatever kind; its status is in `shell.status` afterwards. */
export function* runNode(shell: Shell, node: PipelineNode | AndOr, isLast = false): Action<void> {
  switch (node.type) {
    case 'Command':
      yield* runSimple(shell, node, isLast)
      failOnError(shell)
      return
    case 'AndOr':
      yield* runAndOr(shell, node)
      return
    case 'Pipeline':
      yield* runPrefixed(shell, node)
      return
    case 'Subshell':
      yield* runSubshell(shell, node)
      failOnError(shell)
      return
    case 'Function':
      shell.functions.set(node.name.value, node)
      shell.status = 0
      return
    default:
      yield* runCompound(shell, node)
  }
}

/** `set -e`: a failure that is no condition ends the shell. */
function failOnError(shell: Shell): void {
  if (shell.status !== 0 && shell.options.errexit && shell.conditionDepth === 0)
    shell.jump ??= { kind: 'exit' }
}

function* runAndOr(shell: Shell, node: AndOr): Action<void> {
  for (let i = 0; i < node.commands.length; i++) {
    const operator = node.operators[i - 1]
    if (operator === '&&' && shell.status !== 0) continue
    if (operator === '||' && shell.status === 0) continue
    const command = node.commands[i] as PipelineNode
    // All but the last are conditions: their failure is an answer, not an error.
    const isCondition = i < node.commands.length - 1
    if (isCondition) shell.conditionDepth++
    yield* runNode(shell, command)
    if (isCondition) shell.conditionDepth--
    if (shell.jump) return
  }
}

function* runSubshell(shell: Shell, node: Extract<CommandNode, { type: 'Subshell' }>): Action<void> {
  const child = forkShell(shell, (subshell) => runStatements(subshell, node.body.commands, true))
  shell.status = yield* waitFor(shell, child.pid)
}

/** A pipeline with its `!` and `time`. */
function* runPrefixed(shell: Shell, node: Pipeline): Action<void> {
  const isNegated = node.prefixes.filter((prefix) => prefix.type === 'Negation').length % 2 === 1
  const timing = node.prefixes.find((prefix) => prefix.type === 'Time')
  const { task } = shell
  const startMs = task.now()
  const computedMs = task.execution.computedMs
  if (isNegated) shell.conditionDepth++
  yield* runPipeline(shell, node)
  if (isNegated) shell.conditionDepth--
  if (timing)
    reportTime(shell, { realMs: task.now() - startMs, userMs: task.execution.computedMs - computedMs })
  if (isNegated && !shell.jump) shell.status = shell.status === 0 ? 1 : 0
  else failOnError(shell)
}

function reportTime(
  shell: Shell,
  { realMs, userMs }: { readonly realMs: number; readonly userMs: number },
): void {
  const format = shell.dialect === 'bash' ? bashTime : ashTime
  const lines = [['real', realMs] as const, ['user', userMs] as const, ['sys', 0] as const].map(format)
  shell.task.descriptors.get(2)?.stream.write(`${shell.dialect === 'bash' ? '\n' : ''}${lines.join('')}`)
}

function ashTime([name, ms]: readonly [string, number]): string {
  return `${name}\t${Math.floor(ms / 60_000)}m ${((ms % 60_000) / 1000).toFixed(2)}s\n`
}

function bashTime([name, ms]: readonly [string, number]): string {
  return `${name}\t${Math.floor(ms / 60_000)}m${((ms % 60_000) / 1000).toFixed(3)}s\n`
}
