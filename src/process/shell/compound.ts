// Commands made of commands: if, while, for, case, { }, [[ ]] and (( )).

import type { Case, CompoundList, For, If, Redirected, While, CompoundCommand, Coproc } from 'unbash'
import type { Action } from '../effects.ts'
import { evaluateArithmetic, isTrue } from './arithmetic.ts'
import { expandArithmeticText } from './arithmetic-text.ts'
import { runDoubleBracket } from './double-bracket.ts'
import { expandFields, expandPattern, expandText } from './expand.ts'
import { runNode, runStatements } from './interpreter.ts'
import { matches } from './pattern.ts'
import { withRedirections } from './redirect.ts'
import { type Shell, ShellError } from './shell.ts'

/** Runs a compound command; its status is in `shell.status` afterwards. */
export function* runCompound(shell: Shell, node: CompoundCommand | Redirected | Coproc): Action<void> {
  switch (node.type) {
    case 'BraceGroup':
      yield* runStatements(shell, node.body.commands)
      return
    case 'If':
      yield* runIf(shell, node)
      return
    case 'While':
      yield* runWhile(shell, node)
      return
    case 'For':
      yield* runFor(shell, node)
      return
    case 'Case':
      yield* runCase(shell, node)
      return
    case 'Redirected':
      yield* withRedirections(shell, node.redirects, () => runNode(shell, node.command))
      return
    case 'TestCommand':
      shell.status = yield* runDoubleBracket(shell, node.expression)
      return
    case 'ArithmeticCommand': {
      const text = yield* expandArithmeticText(shell, { ...node, text: `((${node.body}))` })
      shell.status = isTrue(evaluateArithmetic(shell, text)) ? 0 : 1
      return
    }
    case 'Subshell':
      yield* runNode(shell, node)
      return
    default:
      throw new ShellError(`syntax error: ${node.type.toLowerCase()} is not supported`, 2)
  }
}

/** Whether a list of conditions came true; undefined if the shell jumps elsewhere. */
function* holds(shell: Shell, clause: CompoundList): Action<boolean | undefined> {
  shell.conditionDepth++
  yield* runStatements(shell, clause.commands)
  shell.conditionDepth--
  return shell.jump ? undefined : shell.status === 0
}

function* runIf(shell: Shell, node: If): Action<void> {
  for (const branch of [node, ...node.elif]) {
    const isTaken = yield* holds(shell, branch.clause)
    if (isTaken === undefined) return
    if (!isTaken) continue
    yield* runStatements(shell, branch.then.commands)
    return
  }
  shell.status = 0
  if (node.else) yield* runStatements(shell, node.else.commands)
}

function* runWhile(shell: Shell, node: While): Action<void> {
  let status = 0
  shell.loopDepth++
  for (;;) {
    const isTrueNow = yield* holds(shell, node.clause)
    if (isTrueNow === undefined ? leavesLoop(shell) : isTrueNow !== (node.kind === 'while')) break
    if (isTrueNow === undefined) continue
    status = yield* runStatements(shell, node.body.commands)
    if (shell.jump && leavesLoop(shell)) break
    // A loop that does nothing but loop must cost time.
    if (isTired(shell)) yield shell.task.execution.rest()
  }
  shell.loopDepth--
  if (!shell.jump) shell.status = status
}

function* runFor(shell: Shell, node: For): Action<void> {
  const values = node.wordlist ? yield* expandFields(shell, node.wordlist) : shell.positional
  shell.status = 0
  shell.loopDepth++
  for (const value of values) {
    assign(shell, node.name.value, value)
    yield* runStatements(shell, node.body.commands)
    if (shell.jump && leavesLoop(shell)) break
    // A loop that does nothing but loop must cost time.
    if (isTired(shell)) yield shell.task.execution.rest()
  }
  shell.loopDepth--
}

function assign(shell: Shell, name: string, value: string): void {
  if (!shell.variables.set(name, value)) throw new ShellError(`${name}: is read only`, 2)
}

/** Counts a round of a loop. */
function isTired({ task: { execution } }: Shell): boolean {
  execution.steps++
  return execution.isTired
}

/** Whether the present jump ends this loop; a `continue` that is meant for it is over. */
function leavesLoop(shell: Shell): boolean {
  const { jump } = shell
  if (jump?.kind !== 'break' && jump?.kind !== 'continue') return true
  if (jump.levels > 1) {
    shell.jump = { kind: jump.kind, levels: jump.levels - 1 }
    return true
  }
  shell.jump = undefined
  return jump.kind === 'break'
}

function* runCase(shell: Shell, node: Case): Action<void> {
  const text = yield* expandText(shell, node.word)
  shell.status = 0
  let fallsThrough = false
  for (const item of node.items) {
    if (!fallsThrough && !(yield* matchesAny(shell, item.pattern, text))) continue
    yield* runStatements(shell, item.body.commands)
    if (shell.jump || item.terminator === ';;' || item.terminator === undefined) return
    fallsThrough = item.terminator === ';&'
  }
}

function* matchesAny(
  shell: Shell,
  patterns: Case['items'][number]['pattern'],
  text: string,
): Action<boolean> {
  for (const pattern of patterns) {
    if (matches(yield* expandPattern(shell, pattern), text)) return true
  }
  return false
}
