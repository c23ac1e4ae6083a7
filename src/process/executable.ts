// From a command's name to the program that it runs: the search of $PATH, and #! lines.

import type { Bytes } from './bytes.ts'
import { ExecError, type ExecErrorKind } from './exec-error.ts'
import type { FileSystem } from './files.ts'
import { isAllowed, type Node } from './nodes.ts'
import type { Program } from './program.ts'
import { SystemError } from './system-error.ts'
import type { User } from './user.ts'

/** A program that can be started. */
export interface Executable {
  readonly program: Program
  /** What goes before the arguments of a script: its interpreter, that one's argument, the script. */
  readonly interpreter?: readonly Bytes[]
}

/** Who looks, and from where. `searchPath` is the value of PATH. */
export interface Searcher {
  readonly files: FileSystem
  readonly user: User
  readonly cwd: Bytes
  readonly searchPath: Bytes
}

/** The PATH of a process that has none. */
export const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** The executable that a name means: a path if it holds a slash, else the first in PATH. @throws ExecError */
export function findExecutable(searcher: Searcher, name: Bytes): Executable {
  return executableAt(searcher, name.includes('/') ? name : searchPathFor(searcher, name))
}

/** The first file in PATH that may be executed. @throws ExecError */
export function searchPathFor(searcher: Searcher, name: Bytes): Bytes {
  let isForbidden = false
  for (const directory of name === '' ? [] : searcher.searchPath.split(':')) {
    const path = `${directory === '' ? '.' : directory}/${name}`
    const node = searcher.files.find(absolute(searcher.cwd, path), searcher.user)
    if (node?.kind !== 'file') continue
    if (isAllowed(node, searcher.user, 1)) return path
    isForbidden = true
  }
  throw new ExecError(isForbidden ? 'permission denied' : 'not found in $PATH', name)
}

/** The executable at a path. @throws ExecError */
function executableAt(searcher: Searcher, path: Bytes, depth = 0): Executable {
  const node = nodeOrThrow(searcher, path)
  if (node.kind === 'directory') throw new ExecError('is a directory', path)
  if (!isAllowed(node, searcher.user, 1)) throw new ExecError('permission denied', path)
  if (node.kind !== 'file') throw new ExecError('permission denied', path)
  if (node.program) return { program: node.program }
  const [, interpreter, argument] =
    /^#![ \t]*([^ \t\n]+)[ \t]*([^\n]*?)[ \t]*(?:\n|$)/.exec(node.content) ?? []
  if (interpreter === undefined || depth > 3) throw new ExecError('exec format error', path)
  const found = executableAt(searcher, interpreter, depth + 1)
  const own = argument ? [interpreter, argument, path] : [interpreter, path]
  return { program: found.program, interpreter: [...(found.interpreter ?? []), ...own] }
}

function nodeOrThrow(searcher: Searcher, path: Bytes): Node {
  try {
    return searcher.files.node(absolute(searcher.cwd, path), searcher.user)
  } catch (error) {
    throw error instanceof SystemError ? new ExecError(kindOf(error), path) : error
  }
}

function kindOf(error: SystemError): ExecErrorKind {
  if (error.code === 'EACCES') return 'permission denied'
  return error.code === 'ENOTDIR' ? 'not a directory' : 'no such file'
}

/** A path from the root: relative ones start at `cwd`. */
export function absolute(cwd: Bytes, path: Bytes): Bytes {
  return path.startsWith('/') ? path : `${cwd === '/' ? '' : cwd}/${path}`
}
