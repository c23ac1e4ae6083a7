// xargs: words of standard input as arguments of commands.

import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { ExecError } from '../exec-error.ts'
import { readAll, write } from '../io.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import type { Task } from '../task.ts'
import { waitForChild } from './children.ts'
import { commandLine } from './options.ts'

export const xargs: Program = {
  name: 'xargs',
  *run(task) {
    const { has, value, operands } = commandLine(task, '0n:rI:tL:P:', { stopsAtOperand: true })
    const input = yield* readAll(task, 0)
    const placeholder = value('I')
    const items = has('0')
      ? input.split('\0').filter((item) => item !== '')
      : placeholder === undefined
        ? wordsOf(input)
        : input.split('\n').filter((item) => item !== '')
    const command = operands.length > 0 ? operands : ['echo']
    const perCall = placeholder !== undefined ? 1 : Number(value('n') ?? value('L') ?? Infinity)
    if (items.length === 0 && (has('r') || placeholder !== undefined)) return 0
    let status = 0
    for (let at = 0; at === 0 || at < items.length; at += perCall) {
      const some = items.slice(at, at + perCall)
      const argv =
        placeholder === undefined
          ? [...command, ...some]
          : command.map((word) => word.replaceAll(placeholder, some[0] ?? ''))
      if (has('t')) yield* write(task, 2, `${argv.join(' ')}\n`)
      if ((yield* runOne(task, argv)) !== 0) status = 123
    }
    return status
  },
}

function* runOne(task: Task, argv: readonly Bytes[]): Action<number> {
  try {
    const child = task.spawn(task.find(argv[0] ?? ''), { argv })
    return yield* waitForChild(task, child.pid)
  } catch (error) {
    if (!(error instanceof ExecError)) throw error
    const isMissing = error.kind === 'not found in $PATH' || error.kind === 'no such file'
    throw new ProgramError(
      `${argv[0]}: ${isMissing ? 'No such file or directory' : 'Permission denied'}`,
      isMissing ? 127 : 126,
    )
  }
}

/** Words with quotes and backslashes. */
function wordsOf(text: Bytes): readonly Bytes[] {
  return [...text.matchAll(/(?:'([^']*)'|"([^"]*)"|\\([^])|[^\s'"\\])+/g)].map(([word]) =>
    word.replace(
      /'([^']*)'|"([^"]*)"|\\([^])/g,
      (_, single?: string, double?: string, char?: string) => single ?? double ?? char ?? '',
    ),
  )
}
