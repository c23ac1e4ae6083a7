// How an image's files are written down: one immutable layer, shared by every container that runs it.

import { encode } from './bytes.ts'
import { DirectoryNode, FileNode, type Node } from './nodes.ts'
import type { Program } from './program.ts'

/** What stands at a path of a layer: text, a program, a link, a directory, or one of these with attributes. */
export type LayerEntry =
  | string
  | Program
  | { readonly link: string }
  | { readonly directory: true; readonly mode?: number; readonly uid?: number; readonly gid?: number }
  | { readonly text: string; readonly mode?: number; readonly uid?: number; readonly gid?: number }

/**
 * A layer from its paths; parents are made as root:root 0755. `builtAtMs` is the time that its files carry.
 * Answers a tree for `new FileSystem({ layer })`. It is never changed: one layer serves all containers.
 */
export function layer(entries: Readonly<Record<string, LayerEntry>>, builtAtMs: number): DirectoryNode {
  const top = directory(0o755, builtAtMs)
  for (const [path, entry] of Object.entries(entries)) {
    const names = path.split('/').filter((name) => name !== '')
    const last = names.pop()
    if (last === undefined) throw new Error(`a layer has no entry for ${path}: its root is made already`)
    let holder = top
    for (const name of names) holder = inner(holder, name, builtAtMs)
    holder.entries.set(last, nodeOf(entry, holder.entries.get(last), builtAtMs))
  }
  return top
}

function inner(holder: DirectoryNode, name: string, builtAtMs: number): DirectoryNode {
  const present = holder.entries.get(name)
  if (present?.kind === 'directory') return present
  const made = directory(0o755, builtAtMs)
  holder.entries.set(name, made)
  return made
}

function nodeOf(entry: LayerEntry, present: Node | undefined, mtimeMs: number): Node {
  if (typeof entry === 'string') return file(entry, 0o644, mtimeMs)
  if ('run' in entry) return executable(entry, mtimeMs)
  if ('link' in entry)
    return { kind: 'symlink', target: entry.link, owner: undefined, mode: 0o777, uid: 0, gid: 0, mtimeMs }
  const { uid = 0, gid = 0 } = entry
  if ('text' in entry) return Object.assign(file(entry.text, entry.mode ?? 0o644, mtimeMs), { uid, gid })
  const entries = present?.kind === 'directory' ? present.entries : undefined
  return new DirectoryNode(undefined, { mode: entry.mode ?? 0o755, uid, gid, mtimeMs }, entries)
}

function directory(mode: number, mtimeMs: number): DirectoryNode {
  return new DirectoryNode(undefined, { mode, uid: 0, gid: 0, mtimeMs })
}

function file(text: string, mode: number, mtimeMs: number): FileNode {
  const node = new FileNode(undefined, { mode, uid: 0, gid: 0, mtimeMs })
  node.content = encode(text)
  return node
}

function executable(program: Program, mtimeMs: number): FileNode {
  const node = file('', 0o755, mtimeMs)
  node.program = program
  return node
}
