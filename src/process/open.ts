// open(2): from a path to an open file.

import type { Bytes } from './bytes.ts'
import { absolute } from './executable.ts'
import type { FileNode } from './nodes.ts'
import { isAllowed } from './nodes.ts'
import { RegularFile } from './regular-file.ts'
import { OpenFile } from './stream.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'

/** What a file is opened for, in the words of the shell's redirections. */
export interface OpenFlags {
  readonly read?: boolean
  readonly write?: boolean
  /** Makes the file if it is missing. */
  readonly create?: boolean
  readonly truncate?: boolean
  readonly append?: boolean
  /** Fails if the file is there. */
  readonly exclusive?: boolean
  /** Permission bits of a new file before the umask; 0666 if left out. */
  readonly mode?: number
}

export const READ: OpenFlags = { read: true }
export const CREATE: OpenFlags = { write: true, create: true, truncate: true }
export const APPEND: OpenFlags = { write: true, create: true, append: true }

/** Opens what a task names. @throws SystemError */
export function open(task: Task, name: Bytes, flags: OpenFlags): OpenFile {
  if (name === '') throw new SystemError('ENOENT', name)
  const { files, user } = task
  const path = absolute(task.cwd, name)
  const place = files.place(path, user)
  const { node } = place
  if (!node && !flags.create) throw new SystemError('ENOENT', name)
  if (node && flags.exclusive) throw new SystemError('EEXIST', name)
  if (node?.kind === 'directory' && flags.write) throw new SystemError('EISDIR', name)
  if (node && flags.read && !isAllowed(node, user, 4)) throw new SystemError('EACCES', name)
  if (node?.kind === 'device') {
    if (flags.write && !isAllowed(node, user, 2)) throw new SystemError('EACCES', name)
    return node.open(task)
  }
  if (node?.kind === 'directory') return new OpenFile({ node, read: refuseDirectory, write: refuseDirectory })
  const access = {
    canRead: flags.read ?? false,
    canWrite: flags.write ?? false,
    appends: flags.append ?? false,
  }
  if (!flags.write) return new OpenFile(new RegularFile(place.tree, node as FileNode, access))
  const file = files.openForWriting(path, { user, mode: (flags.mode ?? 0o666) & ~task.umask })
  const stream = new RegularFile(place.tree, file, access)
  if (flags.truncate && file.content !== '') place.tree.setContent(file, '')
  return new OpenFile(stream)
}

function refuseDirectory(): never {
  throw new SystemError('EISDIR')
}
