// getopts: the options of a command line, one at each call.

import type { Bytes } from '../../bytes.ts'
import type { Builtin } from '../builtin.ts'
import { type Shell, ShellError } from '../shell.ts'

export const getopts: Builtin = {
  name: 'getopts',
  run(shell, [, wanted, name, ...given]) {
    if (wanted === undefined || name === undefined)
      throw new ShellError('getopts: usage: getopts optstring var [arg]', 2)
    return next(shell, wanted, name, given.length > 0 ? given : shell.positional)
  },
}

function next(shell: Shell, wanted: Bytes, name: Bytes, words: readonly Bytes[]): number {
  const index = Math.max(1, Number(shell.variables.get('OPTIND') ?? '1') || 1)
  if (index === 1 && shell.optionOffset === 0) shell.optionOffset = 1
  const word = words[index - 1]
  if (word === undefined || !/^-./.test(word) || word === '--')
    return finish(shell, name, word === '--' ? index + 1 : index)
  const offset = Math.max(1, shell.optionOffset)
  const letter = word[offset] as string
  const rest = word.slice(offset + 1)
  const at = letter === ':' ? -1 : wanted.indexOf(letter, wanted.startsWith(':') ? 1 : 0)
  advance(shell, rest === '' ? { index: index + 1, offset: 1 } : { index, offset: offset + 1 })
  if (at < 0) return complain(shell, name, wanted, { letter, text: `Illegal option -${letter}`, sign: '?' })
  if (wanted[at + 1] !== ':') {
    shell.variables.set('OPTARG', '')
    shell.variables.set(name, letter)
    return 0
  }
  const argument = rest === '' ? words[index] : rest
  advance(shell, { index: rest === '' ? index + 2 : index + 1, offset: 1 })
  if (argument === undefined) {
    const sign = wanted.startsWith(':') ? ':' : '?'
    return complain(shell, name, wanted, { letter, text: `No arg for -${letter} option`, sign })
  }
  shell.variables.set('OPTARG', argument)
  shell.variables.set(name, letter)
  return 0
}

function advance(shell: Shell, { index, offset }: { readonly index: number; readonly offset: number }): void {
  shell.variables.set('OPTIND', String(index))
  shell.optionOffset = offset
}

function finish(shell: Shell, name: Bytes, index: number): number {
  advance(shell, { index, offset: 0 })
  shell.variables.unset('OPTARG')
  shell.variables.set(name, '?')
  return 1
}

/** With a leading colon the script learns what was wrong; without, the user does. */
function complain(
  shell: Shell,
  name: Bytes,
  wanted: Bytes,
  { letter, text, sign }: { readonly letter: string; readonly text: string; readonly sign: string },
): number {
  if (wanted.startsWith(':')) shell.variables.set('OPTARG', letter)
  else {
    shell.variables.unset('OPTARG')
    shell.complain(text)
  }
  shell.variables.set(name, sign)
  return 0
}
