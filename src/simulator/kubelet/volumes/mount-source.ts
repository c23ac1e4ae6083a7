// What a container mounts.

import type { FileSystem } from '../../../process/files.ts'

/** A volume that is set up: a tree, or a place in one. */
export interface MountSource {
  readonly files: FileSystem
  /** Relative to the root of `files`; the root if left out. */
  readonly subPath?: string
}
