// What a file system is made of: files, directories, symbolic links and devices.

import type { Bytes } from './bytes.ts'
import type { Program } from './program.ts'
import type { OpenFile } from './stream.ts'
import type { Task } from './task.ts'
import type { User } from './user.ts'
import { WaitQueue } from './wait-queue.ts'

/** What every node has. */
export interface Attributes {
  /** Permission bits, with setuid, setgid and sticky: 0o7777. */
  mode: number
  uid: number
  gid: number
  mtimeMs: number
}

interface Base extends Attributes {
  /** The one tree that may change this node; undefined in a layer, which is shared and never changes. */
  readonly owner: object | undefined
}

/** A regular file. An executable holds the program that it is, in place of machine code. */
export class FileNode implements Base {
  readonly kind = 'file'
  readonly owner: object | undefined
  mode: number
  uid: number
  gid: number
  mtimeMs: number
  content: Bytes = ''
  program: Program | undefined
  /** How many directory entries lead here. */
  links = 1
  #changed: WaitQueue | undefined

  constructor(owner: object | undefined, attributes: Attributes) {
    this.owner = owner
    this.mode = attributes.mode
    this.uid = attributes.uid
    this.gid = attributes.gid
    this.mtimeMs = attributes.mtimeMs
  }

  /** Wakes whoever follows the file. */
  get changed(): WaitQueue {
    this.#changed ??= new WaitQueue()
    return this.#changed
  }

  /** Tells the followers, if there are any. */
  announce(): void {
    this.#changed?.wakeAll()
  }
}

/** The entries of a directory: a map, or something that looks like one (as in /proc). */
export type Entries = Pick<Map<string, Node>, 'get' | 'has' | 'keys' | 'set' | 'delete'> & {
  readonly size: number
}

/** A directory. */
export class DirectoryNode implements Base {
  readonly kind = 'directory'
  readonly owner: object | undefined
  mode: number
  uid: number
  gid: number
  mtimeMs: number
  readonly entries: Entries

  constructor(owner: object | undefined, attributes: Attributes, entries: Entries = new Map<string, Node>()) {
    this.owner = owner
    this.mode = attributes.mode
    this.uid = attributes.uid
    this.gid = attributes.gid
    this.mtimeMs = attributes.mtimeMs
    this.entries = entries
  }
}

/** A symbolic link. */
export interface SymlinkNode extends Base {
  readonly kind: 'symlink'
  readonly target: string
}

/** A character device, or anything else that is made when it is opened (files under /proc). */
export interface DeviceNode extends Base {
  readonly kind: 'device'
  /** How `ls -l` shows it: a device by its numbers, a file of /proc by a size of 0. */
  readonly numbers: readonly [major: number, minor: number] | undefined
  open(opener: Task): OpenFile
}

export type Node = FileNode | DirectoryNode | SymlinkNode | DeviceNode

/** Whether `user` may read (4), write (2) or execute and search (1) a node, or several of these at once. */
export function isAllowed(node: Attributes & { readonly kind: string }, user: User, wanted: number): boolean {
  // Root may do everything but execute what nobody may execute.
  if (user.uid === 0) return !(wanted & 1) || node.kind === 'directory' || (node.mode & 0o111) !== 0
  const shift = node.uid === user.uid ? 6 : node.gid === user.gid || user.groups.includes(node.gid) ? 3 : 0
  return ((node.mode >> shift) & wanted) === wanted
}
