// An open regular file: a position in its bytes.

import type { Bytes } from './bytes.ts'
import type { FileSystem } from './files.ts'
import type { FileNode } from './nodes.ts'
import type { Stream } from './stream.ts'
import { SystemError } from './system-error.ts'

/** How a file may be used. */
export interface FileAccess {
  readonly canRead: boolean
  readonly canWrite: boolean
  /** Every write goes to the end, wherever that is by then. */
  readonly appends: boolean
}

/** Files are held in JavaScript's strings, which end below 512 MiB. */
const LARGEST_FILE_BYTES = 500 * 1024 * 1024

/** Reads and writes at a position that all descriptors of one open share. */
export class RegularFile implements Stream {
  readonly node: FileNode
  position = 0
  #files: FileSystem
  #access: FileAccess

  constructor(files: FileSystem, node: FileNode, access: FileAccess) {
    this.#files = files
    this.node = node
    this.#access = access
  }

  read(most: number): Bytes {
    if (!this.#access.canRead) throw new SystemError('EBADF')
    const bytes = this.node.content.slice(this.position, this.position + most)
    this.position += bytes.length
    return bytes
  }

  write(bytes: Bytes): number {
    if (!this.#access.canWrite) throw new SystemError('EBADF')
    const { content } = this.node
    if (this.#access.appends) this.position = content.length
    const end = this.position + bytes.length
    if (end > LARGEST_FILE_BYTES) throw new SystemError('EFBIG')
    const before =
      this.position > content.length ? content.padEnd(this.position, '\0') : content.slice(0, this.position)
    this.#files.setContent(this.node, before + bytes + content.slice(end))
    this.position = end
    return bytes.length
  }
}
