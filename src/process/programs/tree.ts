// Everything under a path.

import type { Bytes } from '../bytes.ts'
import type { Task } from '../task.ts'

/** A path and all paths below it, directories before what they hold. Links are not followed. @throws SystemError */
export function walkTree(task: Task, path: Bytes): readonly Bytes[] {
  const node = task.files.node(path, task.user, false)
  if (node.kind !== 'directory') return [path]
  const base = path === '/' ? '' : path
  return [path, ...task.files.list(path, task.user).flatMap((name) => walkTree(task, `${base}/${name}`))]
}
