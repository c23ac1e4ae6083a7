// Regular expressions of POSIX as JavaScript's.

import { ProgramError } from '../program-error.ts'
import { classes } from '../shell/pattern.ts'

/** A basic regular expression: `\(`, `\)`, `\{`, `\}` are special, `+`, `?`, `|` only after a backslash (GNU). */
export function basicRegExp(pattern: string): string {
  return translate(pattern, true)
}

/** An extended regular expression. */
export function extendedRegExp(pattern: string): string {
  return translate(pattern, false)
}

/** Compiles a translated source. @throws ProgramError */
export function compile(source: string, flags = ''): RegExp {
  try {
    return new RegExp(source, flags)
  } catch {
    throw new ProgramError(`bad regex '${source}'`, 2)
  }
}

function translate(pattern: string, isBasic: boolean): string {
  let source = ''
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] as string
    if (char === '[') {
      const { text, end } = bracket(pattern, i)
      source += text
      i = end
    } else if (char === '\\') source += escaped(pattern[++i] ?? '\\', isBasic)
    else if (isBasic && '+?|(){}'.includes(char)) source += `\\${char}`
    else if (isBasic && char === '*' && (i === 0 || /(?:^|\\\(|\\\|)\^?$/.test(pattern.slice(0, i))))
      source += '\\*'
    else if (isBasic && char === '^' && i > 0 && !/\\[(|]$/.test(pattern.slice(0, i))) source += '\\^'
    else if (isBasic && char === '$' && i < pattern.length - 1 && !/^\$\\[)|]/.test(pattern.slice(i)))
      source += '\\$'
    else source += char === '/' ? '\\/' : char
  }
  return source
}

function escaped(char: string, isBasic: boolean): string {
  if (isBasic && '+?|(){}'.includes(char)) return char
  if (char === '<' || char === '>') return '\\b'
  if (char === "'" || char === '`') return char
  if (/[nrtwWsSbB1-9]/.test(char)) return `\\${char}`
  return char.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

/** A bracket expression from `[` to its `]`. */
function bracket(pattern: string, start: number): { readonly text: string; readonly end: number } {
  let i = start + 1
  let text = '['
  if (pattern[i] === '^') text += pattern[i++]
  for (const first = i; i < pattern.length; i++) {
    const named = /^\[:(\w+):\]/.exec(pattern.slice(i))
    if (named) {
      text += classes[named[1] as string] ?? ''
      i += named[0].length - 1
    } else if (pattern[i] === ']' && i > first) return { text: `${text}]`, end: i }
    else text += (pattern[i] as string).replace(/[\\\][]/g, '\\$&')
  }
  throw new ProgramError("bad regex: unmatched '['", 2)
}
