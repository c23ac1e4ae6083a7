// Copying up: how a tree that shares a layer with others gets directories of its own where something is written.

import type { FileSystem } from './files.ts'
import { DirectoryNode, type Node } from './nodes.ts'
import type { Step } from './path-walk.ts'

/** The directory of a step, ready to be changed: it and those above it are copied up as far as a layer holds them. */
export function ownDirectory(steps: readonly Step[], depth: number): DirectoryNode {
  const step = steps[depth] as Step
  if (step.directory.owner === step.tree) return step.directory
  if (step.isMounted) return step.tree.ownRoot()
  const holder = ownDirectory(steps, depth - 1)
  const present = holder.entries.get(step.name)
  if (present?.kind === 'directory' && present.owner === step.tree) return present
  const copy = copyOf(step.directory, step.tree)
  holder.entries.set(step.name, copy)
  return copy
}

/** A directory of `owner` with the same entries. */
export function copyOf(directory: DirectoryNode, owner: FileSystem): DirectoryNode {
  const entries = new Map<string, Node>()
  for (const name of directory.entries.keys()) {
    const entry = directory.entries.get(name)
    if (entry) entries.set(name, entry)
  }
  return new DirectoryNode(owner, directory, entries)
}
