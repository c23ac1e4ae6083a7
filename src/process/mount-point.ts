// What covers which path of a file system: a tree of the components of mount paths.

import type { FileSystem } from './files.ts'
import type { Node } from './nodes.ts'

/** What is mounted where: one component of a mount path. */
export interface MountPoint {
  /** Most have none: things are mounted beside each other. */
  children: Map<string, MountPoint> | undefined
  mounted: Mounted | undefined
}

/** A node of another file system that covers a path. */
export interface Mounted {
  readonly tree: FileSystem
  readonly node: () => Node
  readonly isReadOnly: boolean
}

/** The point at a path; made, with those on the way, where there is none. */
export function pointAt(root: MountPoint, path: string): MountPoint {
  let point = root
  for (const part of path.split('/').filter((name) => name !== '' && name !== '.')) {
    point.children ??= new Map()
    const next = point.children.get(part) ?? { children: undefined, mounted: undefined }
    point.children.set(part, next)
    point = next
  }
  return point
}

/** What is mounted at exactly a path. */
export function mountedAt(root: MountPoint | undefined, path: string): Mounted | undefined {
  let point = root
  for (const part of path.split('/')) if (part !== '') point = point?.children?.get(part)
  return point?.mounted
}
