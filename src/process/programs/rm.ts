// rm: removes files, and with -r directories.

import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'
import { attempt } from './attempt.ts'
import { commandLine } from './options.ts'
import { walkTree } from './tree.ts'

export const rm: Program = {
  name: 'rm',
  *run(task) {
    const { has, operands } = commandLine(task, 'rRfiv', { long: { force: 'f', recursive: 'r' } })
    if (operands.length === 0 && !has('f')) throw new ProgramError('missing operand')
    let status = 0
    for (const name of operands) {
      const remove = () =>
        removeOne(task, task.path(name), { isDeep: has('r') || has('R'), isForced: has('f') })
      if (!(yield* attempt(task, `can't remove '${name}'`, remove))) status = 1
    }
    return status
  },
}

function removeOne(
  task: Task,
  path: string,
  { isDeep, isForced }: { readonly isDeep: boolean; readonly isForced: boolean },
): void {
  const { files, user } = task
  try {
    for (const each of isDeep ? walkTree(task, path).toReversed() : [path]) {
      files.remove(each, user, isDeep && files.node(each, user, false).kind === 'directory')
    }
  } catch (error) {
    if (!(error instanceof SystemError && isForced && error.code === 'ENOENT')) throw error
  }
}
