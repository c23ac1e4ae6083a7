// mv: gives files another name, on another file system by copying them.

import type { Bytes } from '../bytes.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'
import { attempt } from './attempt.ts'
import { destinationOf } from './destination.ts'
import { commandLine } from './options.ts'
import { walkTree } from './tree.ts'

export const mv: Program = {
  name: 'mv',
  *run(task) {
    const { operands } = commandLine(task, 'finvT')
    if (operands.length < 2) throw new ProgramError('missing operand')
    const target = operands[operands.length - 1] as Bytes
    let status = 0
    for (const name of operands.slice(0, -1)) {
      const to = destinationOf(task, name, target, operands.length > 2)
      if (!(yield* attempt(task, `can't rename '${name}'`, () => move(task, task.path(name), to)))) status = 1
    }
    return status
  },
}

function move(task: Task, from: Bytes, to: Bytes): void {
  const { files, user } = task
  try {
    files.rename(from, to, user)
  } catch (error) {
    if (!(error instanceof SystemError) || error.code !== 'EXDEV') throw error
    const paths = walkTree(task, from)
    for (const path of paths) copyAcross(task, path, to + path.slice(from.length))
    for (const path of paths.toReversed())
      files.remove(path, user, files.node(path, user, false).kind === 'directory')
  }
}

function copyAcross(task: Task, from: Bytes, to: Bytes): void {
  const { files, user } = task
  const node = files.node(from, user, false)
  if (node.kind === 'directory') files.makeDirectory(to, { user, mode: node.mode })
  else if (node.kind === 'symlink') files.symlink(node.target, to, user)
  else if (node.kind === 'file')
    files.write(to, node.content, { user, mode: node.mode }).program = node.program
  else throw new SystemError('EPERM', from)
}
