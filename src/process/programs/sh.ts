// sh, ash and bash: the shell as a program.

import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { LineReader } from '../io.ts'
import type { Program } from '../program.ts'
import { runText } from '../shell/interpreter.ts'
import { runInteractively } from '../shell/interactive.ts'
import { runToEnd } from '../shell/life.ts'
import { setOptions } from '../shell/builtins/set.ts'
import { type Dialect, Shell, ShellError } from '../shell/shell.ts'
import { readScript } from '../shell/syntax.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'

export const sh: Program = { name: 'sh', run: (task) => runShell(task, 'ash') }
export const bash: Program = {
  name: 'bash',
  run: (task) => runShell(task, 'bash'),
  residentBytes: 1024 * 1024,
}

function* runShell(task: Task, dialect: Dialect): Action<number> {
  const shell = new Shell(task, dialect)
  initialize(shell)
  return yield* runToEnd(shell, () => run(shell))
}

/** The variables that a shell sets itself. */
function initialize(shell: Shell): void {
  const { variables, task } = shell
  variables.set('SHLVL', String((Number(variables.get('SHLVL')) || 0) + 1), { isExported: true })
  variables.set('PWD', task.cwd, { isExported: true })
  variables.set('IFS', ' \t\n')
  variables.set('OPTIND', '1')
  variables.set('PPID', String(task.parent?.pid ?? 0))
  variables.set('PS1', shell.dialect === 'bash' ? '\\s-\\v\\$ ' : '\\w \\$ ')
  variables.set('PS2', '> ')
  variables.set('PS4', '+ ')
}

/** What the command line says. */
interface CommandLine {
  readonly isCommand: boolean
  readonly readsInput: boolean
  readonly isInteractive: boolean
  readonly operands: readonly Bytes[]
}

function* run(shell: Shell): Action<number> {
  const { isCommand, readsInput, isInteractive, operands } = commandLine(shell)
  const { task } = shell
  if (isCommand) {
    const [text, name, ...parameters] = operands
    if (text === undefined) throw new ShellError('-c requires an argument', 2)
    if (name !== undefined) shell.name = name
    shell.positional = parameters
    return yield* runCommandText(shell, text)
  }
  const [file, ...parameters] = operands
  if (file !== undefined && !readsInput) {
    shell.name = file
    shell.positional = parameters
    return yield* runText(shell, contentOf(task, file))
  }
  if (readsInput) shell.positional = operands
  if (isInteractive || task.descriptors.get(0)?.stream.isTerminal) return yield* runInteractively(shell)
  return yield* runInput(shell)
}

/** bash becomes a single last command; busybox's ash does not, so its signals meet the shell. */
function* runCommandText(shell: Shell, text: Bytes): Action<number> {
  const { statements, error } = readScript(text, shell.dialect)
  const [only] = statements
  if (shell.dialect === 'bash' && statements.length === 1 && only?.command.type === 'Command' && !error) {
    shell.becomesLastCommand = true
  }
  return yield* runText(shell, text)
}

function commandLine(shell: Shell): CommandLine {
  const words = shell.task.argv.slice(1)
  const own = { c: false, s: false, i: false }
  let at = 0
  for (; /^[-+]./.test(words[at] ?? ''); at++) {
    const word = words[at] as Bytes
    if (word === '--') {
      at++
      break
    }
    if (word.startsWith('--')) continue
    const letters = word.slice(1).replace(/[csil]/g, (letter) => {
      if (letter === 'c' || letter === 's' || letter === 'i') own[letter] = true
      return ''
    })
    if (letters !== '')
      at += setOptions(shell, [word[0] + letters, ...words.slice(at + 1, at + 2)], shell.name) - 1 || 0
  }
  return { isCommand: own.c, readsInput: own.s, isInteractive: own.i, operands: words.slice(at) }
}

function contentOf(task: Task, file: Bytes): Bytes {
  try {
    return task.files.read(task.path(file), task.user)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    throw new ShellError(`can't open '${file}': ${error.text}`, 2)
  }
}

/** Commands from standard input, each run as soon as it is whole. */
function* runInput(shell: Shell): Action<number> {
  const lines = new LineReader(shell.task, 0)
  let text = ''
  for (let line = yield* lines.next(); line !== undefined; line = yield* lines.next()) {
    text += line
    if (readScript(text, shell.dialect).isIncomplete) continue
    yield* runText(shell, text)
    text = ''
    if (shell.jump) return shell.status
  }
  if (text !== '') yield* runText(shell, text)
  return shell.status
}
