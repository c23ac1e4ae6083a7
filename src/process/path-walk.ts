// How a path leads through directories, symbolic links and mounts to a node.

import type { FileSystem } from './files.ts'
import type { MountPoint } from './mount-point.ts'
import { type DirectoryNode, isAllowed, type Node } from './nodes.ts'
import type { ErrorCode } from './system-error.ts'
import type { User } from './user.ts'

/** A directory on the way, with how it was reached. */
export interface Step {
  readonly name: string
  readonly tree: FileSystem
  readonly isReadOnly: boolean
  readonly mounts: MountPoint | undefined
  /** Whether a mount covers the path here, so that the step before belongs to another tree. */
  readonly isMounted: boolean
  readonly directory: DirectoryNode
}

/** Where a path ends: in a directory, at a name, where there may be a node. */
export interface Place {
  /** The directories from the root down to the one that holds the name; for a directory itself, down to it. */
  readonly steps: readonly Step[]
  readonly name: string
  readonly node: Node | undefined
  /** The tree of `node`, or the one in which it would be made. */
  readonly tree: FileSystem
  readonly isReadOnly: boolean
  /** Whether the node itself is a mount (it cannot be removed or replaced). */
  readonly isMounted: boolean
}

/** As many links as Linux follows before it gives up. */
const MOST_LINKS = 40

/** Why a path leads nowhere. It is answered and not thrown: searches meet it all the time. */
export type DeadEnd = Extract<ErrorCode, 'EACCES' | 'ELOOP' | 'ENOENT' | 'ENOTDIR'>

/** Follows an absolute path. A missing last component is not an error; a missing directory is. */
export function walk(origin: Step, path: string, user: User, followsLast: boolean): Place | DeadEnd {
  const steps: Step[] = [origin]
  const parts = componentsOf(path)
  const wantsDirectory = path.endsWith('/') || path.endsWith('/.')
  let links = 0
  while (parts.length > 0) {
    const part = parts.pop() as string
    const here = steps[steps.length - 1] as Step
    if (!isAllowed(here.directory, user, 1)) return 'EACCES'
    if (part === '..') {
      if (steps.length > 1) steps.pop()
      continue
    }
    const isLast = parts.length === 0
    const child = childOf(here, part)
    if (child.node?.kind === 'symlink' && (!isLast || followsLast || wantsDirectory)) {
      if (++links > MOST_LINKS) return 'ELOOP'
      const { target } = child.node
      if (target.startsWith('/')) steps.length = 1
      parts.push(...componentsOf(target))
    } else if (child.node?.kind === 'directory') steps.push(stepInto(part, child, child.node))
    else if (isLast) {
      if (wantsDirectory && child.node) return 'ENOTDIR'
      const { node, tree, isReadOnly, isMounted } = child
      return { steps, name: part, node, tree, isReadOnly, isMounted }
    } else return child.node ? 'ENOTDIR' : 'ENOENT'
  }
  const { name, directory, tree, isReadOnly, isMounted } = steps[steps.length - 1] as Step
  return { steps, name, node: directory, tree, isReadOnly, isMounted }
}

/** The components that lead anywhere, the last one first. */
function componentsOf(path: string): string[] {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .toReversed()
}

/** What stands under a name in a directory, with mounts in view. */
interface Child {
  readonly node: Node | undefined
  readonly tree: FileSystem
  readonly isReadOnly: boolean
  readonly mounts: MountPoint | undefined
  readonly isMounted: boolean
}

function childOf(here: Step, name: string): Child {
  const mounts = here.mounts?.children?.get(name)
  const { mounted } = mounts ?? {}
  if (mounted) {
    const { tree, isReadOnly } = mounted
    return { node: mounted.node(), tree, isReadOnly, mounts, isMounted: true }
  }
  const found = here.directory.entries.get(name)
  // A mount deeper down needs its directories, even where the image has none.
  const node = found ?? (mounts ? here.tree.emptyDirectory() : undefined)
  return { node, tree: here.tree, isReadOnly: here.isReadOnly, mounts, isMounted: false }
}

function stepInto(name: string, child: Child, directory: DirectoryNode): Step {
  const { tree, isReadOnly, mounts, isMounted } = child
  return { name, tree, isReadOnly, mounts, isMounted, directory }
}

/** The names in a directory, mounts included, sorted by byte. */
export function namesIn(here: Step): string[] {
  const names = new Set(here.directory.entries.keys())
  for (const name of here.mounts?.children?.keys() ?? []) names.add(name)
  return [...names].sort()
}
