// mkdir and rmdir: directories come and go.

import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { attempt } from './attempt.ts'
import { changedMode } from './chmod.ts'
import { commandLine } from './options.ts'

export const mkdir: Program = {
  name: 'mkdir',
  *run(task) {
    const { has, value, operands } = commandLine(task, 'pm:v', { long: { mode: 'm', parents: 'p' } })
    if (operands.length === 0) throw new ProgramError('missing operand')
    const asked = value('m')
    const mode = asked === undefined ? 0o777 & ~task.umask : changedMode(asked, 0o777, true)
    let status = 0
    for (const name of operands) {
      const make = () => task.files.makeDirectory(task.path(name), { user: task.user, mode }, has('p'))
      if (!(yield* attempt(task, `can't create directory '${name}'`, make))) status = 1
    }
    return status
  },
}

export const rmdir: Program = {
  name: 'rmdir',
  *run(task) {
    const { operands } = commandLine(task, 'p')
    if (operands.length === 0) throw new ProgramError('missing operand')
    let status = 0
    for (const name of operands) {
      if (!(yield* attempt(task, `'${name}'`, () => task.files.remove(task.path(name), task.user, true))))
        status = 1
    }
    return status
  },
}
