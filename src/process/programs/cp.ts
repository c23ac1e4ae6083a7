// cp: copies files, and with -r or -a directories.

import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { write } from '../io.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'
import { readAll } from '../io.ts'
import { READ } from '../open.ts'
import { commandLine } from './options.ts'
import { destinationOf } from './destination.ts'

export const cp: Program = {
  name: 'cp',
  *run(task) {
    const { has, operands } = commandLine(task, 'rRadpfiLPvnTu')
    if (operands.length < 2) throw new ProgramError('missing operand')
    const target = operands[operands.length - 1] as Bytes
    const isDeep = has('r') || has('R') || has('a')
    let status = 0
    for (const name of operands.slice(0, -1)) {
      const to = destinationOf(task, name, target, operands.length > 2)
      if (!(yield* copy(task, task.path(name), to, { name, isDeep, keeps: has('p') || has('a') }))) status = 1
    }
    return status
  },
}

interface Copying {
  readonly name: Bytes
  readonly isDeep: boolean
  readonly keeps: boolean
}

function* copy(task: Task, from: Bytes, to: Bytes, copying: Copying): Action<boolean> {
  try {
    return yield* copyNode(task, from, to, copying)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    const subject = task.files.exists(from, task.user)
      ? `can't create '${to}'`
      : `can't stat '${copying.name}'`
    yield* write(task, 2, `cp: ${subject}: ${error.text}\n`)
    return false
  }
}

function* copyNode(task: Task, from: Bytes, to: Bytes, copying: Copying): Action<boolean> {
  const { files, user } = task
  const node = files.node(from, user, !copying.isDeep)
  const making = { user, mode: node.mode & ~task.umask }
  if (node.kind === 'directory') {
    if (!copying.isDeep) {
      yield* write(task, 2, `cp: omitting directory '${copying.name}'\n`)
      return false
    }
    if (!files.exists(to, user)) files.makeDirectory(to, making)
    let isDone = true
    for (const name of files.list(from, user)) {
      isDone =
        (yield* copy(task, `${from}/${name}`, `${to}/${name}`, {
          ...copying,
          name: `${copying.name}/${name}`,
        })) && isDone
    }
    return isDone
  }
  if (node.kind === 'symlink') files.symlink(node.target, to, user)
  else if (node.kind === 'file') {
    if (files.exists(to) && files.node(to) === node) throw new SystemError('EINVAL', to)
    const made = files.write(to, files.read(from, user), making)
    made.program = node.program
  } else files.write(to, yield* contentOfDevice(task, from), making)
  if (copying.keeps) files.change(to, { mode: node.mode, mtimeMs: node.mtimeMs }, user)
  return true
}

function* contentOfDevice(task: Task, path: Bytes): Action<Bytes> {
  const descriptor = task.open(path, READ)
  const bytes = yield* readAll(task, descriptor)
  task.descriptors.close(descriptor)
  return bytes
}
