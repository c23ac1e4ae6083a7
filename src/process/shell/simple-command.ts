// A simple command: assignments, words and redirections become a builtin, a function or a program.

import type { Assignment, Command, Redirection } from 'unbash'
import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { ExecError } from '../exec-error.ts'
import type { Environment } from '../task.ts'
import type { Executable } from '../executable.ts'
import { assign, expandArgument, expandAssignment } from './assignment.ts'
import type { Builtin } from './builtin.ts'
import { builtins } from './builtins.ts'
import { expandInto, plainValue } from './expand.ts'
import { callFunction } from './functions.ts'
import { redirect, RedirectionError, withRedirections } from './redirect.ts'
import type { Shell } from './shell.ts'
import { runScriptFile } from './script-file.ts'
import { waitFor } from './subshell.ts'

const declarations = new Set(['declare', 'export', 'local', 'readonly', 'typeset'])

const none: readonly Assignment[] = []

/** Runs a simple command. `isLast`: the shell may become it. */
export function* runSimple(shell: Shell, command: Command, isLast: boolean): Action<void> {
  const { execution } = shell.task
  execution.steps++
  if (execution.isTired) yield execution.rest()
  shell.substitutionStatus = undefined
  const assignments =
    command.prefix.length === 0 ? none : command.prefix.filter((item) => item.type === 'Assignment')
  const fields = yield* commandFields(shell, command)
  if (shell.options.xtrace) trace(shell, assignments, fields)
  const [name] = fields
  if (name === undefined) yield* assignOnly(shell, assignments, command.redirects)
  else yield* runNamed(shell, { name, fields, assignments, redirections: command.redirects, isLast })
}

/** Runs a builtin or a program whose words are known, past functions (the builtin `command`). */
export function* runFields(shell: Shell, fields: readonly Bytes[]): Action<void> {
  const [name = ''] = fields
  const builtin = builtins.get(name)
  if (builtin && (!builtin.dialect || builtin.dialect === shell.dialect))
    yield* runBuiltin(shell, builtin, fields)
  else yield* runProgram(shell, { name, fields, assignments: [], redirections: [], isLast: false })
}

/** A command after expansion. */
interface Invocation {
  readonly name: Bytes
  /** The name and the arguments. */
  readonly fields: readonly Bytes[]
  readonly assignments: readonly Assignment[]
  readonly redirections: readonly Redirection[]
  readonly isLast: boolean
}

function* commandFields(shell: Shell, { name, args }: Command): Action<Bytes[]> {
  const fields: Bytes[] = []
  if (!name) return fields
  const command = plainValue(shell, name)
  if (command === undefined) yield* expandInto(shell, name, fields)
  else fields.push(command)
  for (const argument of args) {
    const value = argument.type === 'Word' ? plainValue(shell, argument) : undefined
    if (value !== undefined) fields.push(value)
    else if (argument.type === 'Word') yield* expandInto(shell, argument, fields)
    else fields.push(...(yield* expandArgument(shell, argument, declarations.has(name.value))))
  }
  return fields
}

/** Assignments without a command change the shell; the status is that of their last command substitution. */
function* assignOnly(
  shell: Shell,
  assignments: readonly Assignment[],
  redirections: readonly Redirection[],
): Action<void> {
  for (const assignment of assignments) yield* assign(shell, assignment)
  shell.status = shell.substitutionStatus ?? 0
  if (redirections.length > 0) yield* withRedirections(shell, redirections, nothing)
}

// eslint-disable-next-line require-yield -- the body of `>file` without a command is no action at all
function* nothing(): Action<void> {}

function* runNamed(shell: Shell, invocation: Invocation): Action<void> {
  const { name, fields } = invocation
  const builtin = builtins.get(name)
  const definition = shell.functions.get(name)
  if (builtin?.isSpecial) yield* runSpecial(shell, builtin, invocation)
  else if (definition) {
    yield* inside(shell, invocation, () => callFunction(shell, definition, fields.slice(1)))
  } else if (builtin && (!builtin.dialect || builtin.dialect === shell.dialect)) {
    yield* inside(shell, invocation, () => runBuiltin(shell, builtin, fields))
  } else yield* runProgram(shell, invocation)
}

/** Runs a builtin or function with its redirections; its assignments last as long as it does. */
function* inside(shell: Shell, invocation: Invocation, body: () => Action<void>): Action<void> {
  const { assignments, redirections } = invocation
  if (assignments.length === 0 && redirections.length === 0) {
    yield* body()
    return
  }
  const names = assignments.map((assignment) => assignment.name)
  const saved = names.map((name) => shell.variables.variable(name))
  for (const assignment of assignments) yield* assign(shell, assignment, true)
  try {
    yield* withRedirections(shell, redirections, body)
  } finally {
    names.forEach((name, index) => shell.variables.restore(name, saved[index]))
  }
}

/** Special builtins (POSIX): assignments stay, and an error ends a shell that is not interactive. */
function* runSpecial(shell: Shell, builtin: Builtin, invocation: Invocation): Action<void> {
  const { assignments, redirections, fields, name } = invocation
  for (const assignment of assignments) yield* assign(shell, assignment)
  if (name === 'exec') {
    // Redirections of exec stay.
    yield* redirect(shell, redirections, shell.task.descriptors)
    yield* runBuiltin(shell, builtin, fields)
  } else if (redirections.length === 0) yield* runBuiltin(shell, builtin, fields)
  else yield* withRedirections(shell, redirections, () => runBuiltin(shell, builtin, fields))
}

function* runBuiltin(shell: Shell, builtin: Builtin, fields: readonly Bytes[]): Action<void> {
  const result = builtin.run(shell, fields)
  shell.status = typeof result === 'number' ? result : yield* result
}

/** Runs a program in a child, or in place of the shell. */
function* runProgram(shell: Shell, invocation: Invocation): Action<void> {
  const { name, fields, redirections } = invocation
  const env = yield* environmentOf(shell, invocation.assignments)
  const { task } = shell
  const becomesProgram = invocation.isLast && !shell.traps.get('EXIT')
  const descriptors = becomesProgram ? task.descriptors : task.descriptors.copy()
  try {
    yield* redirect(shell, redirections, descriptors)
    const executable = task.find(name, env['PATH'] ?? shell.variables.get('PATH'))
    if (becomesProgram) replaceShell(shell, executable, fields, env)
    else {
      const child = task.spawn(executable, { argv: fields, env, descriptors })
      shell.status = yield* waitForProgram(shell, child.pid)
    }
  } catch (error) {
    if (descriptors !== task.descriptors) descriptors.closeAll()
    if (error instanceof ExecError) yield* notStarted(shell, error, fields)
    else if (error instanceof RedirectionError) {
      shell.complain(error.message)
      shell.status = 1
    } else throw error
  }
}

/** The shell's process goes on as another program. */
export function replaceShell(
  shell: Shell,
  executable: Executable,
  argv: readonly Bytes[],
  env: Environment,
): void {
  shell.task.exec(executable, argv, env)
  shell.isReplaced = true
  shell.jump = { kind: 'exit' }
}

function* environmentOf(shell: Shell, assignments: readonly Assignment[]): Action<Environment> {
  if (assignments.length === 0) return shell.variables.environment
  const own: Record<string, Bytes> = {}
  for (const assignment of assignments) own[assignment.name] = yield* expandAssignment(shell, assignment)
  return { ...shell.variables.environment, ...own }
}

/** What ash prints when a program in the foreground is killed. */
const deathNotices: Readonly<Record<number, string>> = {
  129: 'Hangup',
  131: 'Quit',
  132: 'Illegal instruction',
  134: 'Aborted',
  135: 'Bus error',
  136: 'Arithmetic exception',
  137: 'Killed',
  139: 'Segmentation fault',
  142: 'Alarm clock',
  143: 'Terminated',
}

function* waitForProgram(shell: Shell, pid: number): Action<number> {
  const status = yield* waitFor(shell, pid)
  const notice = deathNotices[status]
  if (notice !== undefined && shell.wasKilled(pid)) shell.task.descriptors.get(2)?.stream.write(`${notice}\n`)
  return status
}

/** Exit statuses 127 and 126, with ash's words; a text file without #! is run as a script. */
function* notStarted(shell: Shell, error: ExecError, fields: readonly Bytes[]): Action<void> {
  if (error.kind === 'exec format error') {
    yield* runScriptFile(shell, error.path, fields.slice(1))
    return
  }
  const isMissing =
    error.kind === 'not found in $PATH' || error.kind === 'no such file' || error.kind === 'not a directory'
  shell.complain(`${fields[0]}: ${isMissing ? 'not found' : 'Permission denied'}`)
  shell.status = isMissing ? 127 : 126
}

function trace(shell: Shell, assignments: readonly Assignment[], fields: readonly Bytes[]): void {
  const words = [...assignments.map((assignment) => assignment.text), ...fields.map(quoteIfNeeded)]
  const prompt = shell.variables.get('PS4') ?? '+ '
  shell.task.descriptors.get(2)?.stream.write(`${prompt}${words.join(' ')}\n`)
}

function quoteIfNeeded(field: Bytes): Bytes {
  return /^[\w@%+=:,./-]+$/.test(field) ? field : `'${field.replaceAll("'", `'"'"'`)}'`
}
