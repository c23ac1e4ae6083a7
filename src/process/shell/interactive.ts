// A shell at a terminal: prompts, and errors that do not end it.

import { decode } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { Interrupted, LineReader, write } from '../io.ts'
import { runText } from './interpreter.ts'
import { guarded } from './life.ts'
import type { Shell } from './shell.ts'
import { readScript } from './syntax.ts'

/** Reads commands line by line, with a prompt before each, until the input ends or `exit` is called. */
export function* runInteractively(shell: Shell): Action<number> {
  shell.isInteractive = true
  const { task } = shell
  // At a prompt ^C drops the line, and a terminated shell stays (ash ignores TERM when interactive).
  task.dispose('INT', 'catch')
  task.dispose('TERM', 'ignore')
  task.dispose('QUIT', 'ignore')
  const lines = new LineReader(task, 0)
  let text = ''
  for (;;) {
    yield* write(task, 2, prompt(shell, text === '' ? 'PS1' : 'PS2'))
    const line = yield* nextLine(lines)
    if (line === undefined) return shell.status
    text = line === 'interrupted' ? '' : text + line
    if (text === '' || readScript(text, shell.dialect).isIncomplete) continue
    const whole = text
    text = ''
    yield* guarded(shell, () => runText(shell, whole))
    if (shell.jump?.kind === 'exit') return shell.status
    shell.jump = undefined
  }
}

function* nextLine(lines: LineReader): Action<string | undefined> {
  try {
    return yield* lines.next()
  } catch (error) {
    if (error instanceof Interrupted) return 'interrupted'
    throw error
  }
}

function prompt(shell: Shell, name: 'PS1' | 'PS2'): string {
  const { task, variables } = shell
  const { hostname } = task.table.surroundings
  const directory = task.cwd === variables.get('HOME') && task.cwd !== '/' ? '~' : task.cwd
  const user = task.user.uid === 0 ? 'root' : (variables.get('USER') ?? String(task.user.uid))
  return (variables.get(name) ?? '')
    .replaceAll('\\w', directory)
    .replaceAll('\\W', directory.replace(/^.+\//, ''))
    .replaceAll('\\h', decode(hostname).split('.')[0] ?? '')
    .replaceAll('\\u', user)
    .replaceAll('\\s', shell.dialect === 'bash' ? 'bash' : 'sh')
    .replaceAll('\\v', '5.2')
    .replaceAll('\\$', task.user.uid === 0 ? '#' : '$')
}
