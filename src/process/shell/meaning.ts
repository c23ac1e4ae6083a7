// What a command's name means to a shell.

import type { Bytes } from '../bytes.ts'
import { ExecError } from '../exec-error.ts'
import { DEFAULT_PATH, searchPathFor } from '../executable.ts'
import { builtins } from './builtins.ts'
import type { Shell } from './shell.ts'

/** A keyword, a function, a builtin, or a program with its path. */
export type Meaning =
  | { readonly kind: 'keyword' | 'function' | 'builtin' | 'special builtin' }
  | { readonly kind: 'program'; readonly path: Bytes }

const keywords = new Set([
  '!',
  'case',
  'do',
  'done',
  'elif',
  'else',
  'esac',
  'fi',
  'for',
  'function',
  'if',
  'in',
  'then',
  'until',
  'while',
  '{',
  '}',
])

/** What a name would run; undefined if nothing. */
export function meaningOf(shell: Shell, name: Bytes): Meaning | undefined {
  if (keywords.has(name)) return { kind: 'keyword' }
  if (shell.functions.has(name)) return { kind: 'function' }
  const builtin = builtins.get(name)
  if (builtin && (!builtin.dialect || builtin.dialect === shell.dialect)) {
    return { kind: builtin.isSpecial ? 'special builtin' : 'builtin' }
  }
  return programOf(shell, name)
}

/** As type and `command -V` tell it. */
export function describe(name: Bytes, meaning: Meaning | undefined): Bytes {
  if (!meaning) return `${name}: not found`
  if (meaning.kind === 'program') return `${name} is ${meaning.path}`
  return `${name} is a ${meaning.kind === 'function' ? 'function' : `shell ${meaning.kind}`}`.replace(
    'shell special',
    'special shell',
  )
}

function programOf(shell: Shell, name: Bytes): Meaning | undefined {
  const { task, variables } = shell
  if (name.includes('/'))
    return task.files.exists(task.path(name), task.user) ? { kind: 'program', path: name } : undefined
  try {
    return {
      kind: 'program',
      path: searchPathFor(task.searcher(variables.get('PATH') ?? DEFAULT_PATH), name),
    }
  } catch (error) {
    if (error instanceof ExecError) return undefined
    throw error
  }
}
