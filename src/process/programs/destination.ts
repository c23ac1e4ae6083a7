// Where cp, mv and ln put something: at the target, or in it if it is a directory.

import type { Bytes } from '../bytes.ts'
import { ProgramError } from '../program-error.ts'
import type { Task } from '../task.ts'

/** The absolute path of the new name. @throws ProgramError if several go to what is no directory */
export function destinationOf(task: Task, name: Bytes, target: Bytes, isOneOfSeveral: boolean): Bytes {
  const path = task.path(target)
  if (task.files.exists(path, task.user) && task.files.node(path, task.user).kind === 'directory') {
    return `${path.replace(/\/+$/, '')}/${name.replace(/\/+$/, '').replace(/^.*\//s, '')}`
  }
  if (isOneOfSeveral) throw new ProgramError(`target '${target}' is not a directory`)
  return path
}
