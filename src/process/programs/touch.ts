// touch: makes files, or gives them a new time.

import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import type { Task } from '../task.ts'
import { attempt } from './attempt.ts'
import { commandLine } from './options.ts'

export const touch: Program = {
  name: 'touch',
  *run(task) {
    const { has, operands } = commandLine(task, 'camhr:d:t:')
    if (operands.length === 0) throw new ProgramError('missing operand')
    if (has('d') || has('t') || has('r')) throw new ProgramError('times other than now are not supported')
    let status = 0
    for (const name of operands) {
      if (!(yield* attempt(task, name, () => touchOne(task, task.path(name), has('c'))))) status = 1
    }
    return status
  },
}

function touchOne(task: Task, path: string, onlyExisting: boolean): void {
  const { files, user, umask } = task
  const isThere = files.exists(path, user)
  if (isThere) {
    const { node } = files.place(path, user)
    if (node?.kind === 'file') files.openForWriting(path, { user })
    files.change(path, { mtimeMs: task.now() }, { ...user, uid: 0 })
  } else if (!onlyExisting) files.write(path, '', { user, mode: 0o666 & ~umask })
}
