// ln: another name for a file, or a symbolic link.

import type { Bytes } from '../bytes.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { attempt } from './attempt.ts'
import { destinationOf } from './destination.ts'
import { commandLine } from './options.ts'

export const ln: Program = {
  name: 'ln',
  *run(task) {
    const { has, operands } = commandLine(task, 'sfnvT')
    if (operands.length === 0) throw new ProgramError('missing operand')
    const target = operands.length === 1 ? '.' : (operands[operands.length - 1] as Bytes)
    let status = 0
    for (const name of operands.length === 1 ? operands : operands.slice(0, -1)) {
      const to = destinationOf(task, name, target, operands.length > 2)
      const isDone = yield* attempt(task, to, () => {
        if (has('f') && task.files.place(to, task.user, false).node) task.files.remove(to, task.user)
        if (has('s')) task.files.symlink(name, to, task.user)
        else task.files.link(task.path(name), to, task.user)
      })
      if (!isDone) status = 1
    }
    return status
  },
}
