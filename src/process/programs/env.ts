// env and printenv: the environment, and commands in another one.

import type { Bytes } from '../bytes.ts'
import { ExecError } from '../exec-error.ts'
import { write } from '../io.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { commandLine } from './options.ts'

export const env: Program = {
  name: 'env',
  *run(task) {
    const { has, values, operands } = commandLine(task, 'iu:0', {
      stopsAtOperand: true,
      long: { 'ignore-environment': 'i', unset: 'u' },
    })
    const own: Record<string, Bytes> = has('i') ? {} : { ...task.env }
    for (const name of values('u')) delete own[name]
    const isAssignment = (word: Bytes) => /^[^=]+=/.test(word)
    const first = operands.findIndex((word) => !isAssignment(word))
    for (const word of first < 0 ? operands : operands.slice(0, first)) {
      const at = word.indexOf('=')
      own[word.slice(0, at)] = word.slice(at + 1)
    }
    if (first < 0) {
      yield* write(
        task,
        1,
        Object.entries(own)
          .map(([name, value]) => `${name}=${value}\n`)
          .join(''),
      )
      return 0
    }
    const argv = operands.slice(first)
    try {
      task.exec(task.find(argv[0] ?? '', own['PATH']), argv, own)
      return 0
    } catch (error) {
      if (!(error instanceof ExecError)) throw error
      const isMissing = error.kind === 'not found in $PATH' || error.kind === 'no such file'
      throw new ProgramError(
        `can't execute '${argv[0]}': ${isMissing ? 'No such file or directory' : 'Permission denied'}`,
        isMissing ? 127 : 126,
      )
    }
  },
}

export const printenv: Program = {
  name: 'printenv',
  *run(task) {
    const names = task.argv.slice(1)
    const entries = names.length === 0 ? Object.entries(task.env) : []
    yield* write(task, 1, entries.map(([name, value]) => `${name}=${value}\n`).join(''))
    const values = names.map((name) => task.env[name])
    yield* write(task, 1, values.flatMap((value) => (value === undefined ? [] : [`${value}\n`])).join(''))
    return values.includes(undefined) ? 1 : 0
  },
}
