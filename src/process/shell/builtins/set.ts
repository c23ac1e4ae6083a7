// set and shopt: options of the shell, and its positional parameters.

import type { Bytes } from '../../bytes.ts'
import type { Action } from '../../effects.ts'
import { put } from '../../io.ts'
import type { Builtin } from '../builtin.ts'
import { type Options, type Shell, ShellError } from '../shell.ts'

const letters: Readonly<Record<string, keyof Options>> = {
  C: 'noclobber',
  a: 'allexport',
  e: 'errexit',
  f: 'noglob',
  n: 'noexec',
  u: 'nounset',
  v: 'verbose',
  x: 'xtrace',
}

export const set: readonly Builtin[] = [{ name: 'set', isSpecial: true, run }]

/** Sets options of a command line (`-e`, `+x`, `-o pipefail`); answers how many words they were. @throws ShellError */
export function setOptions(shell: Shell, words: readonly Bytes[], own = 'set'): number {
  let i = 0
  for (; i < words.length; i++) {
    const word = words[i] as Bytes
    if (!/^[-+]./.test(word) || word === '--') break
    const isOn = word.startsWith('-')
    for (const letter of word.slice(1)) {
      if (letter === 'o') setNamed(shell, own, words[++i] ?? '', isOn)
      else setLetter(shell, own, letter, isOn)
    }
  }
  return i
}

function run(shell: Shell, [, ...words]: readonly Bytes[]): number | Action<number> {
  if (words.length === 0) return listVariables(shell)
  if (words.length === 1 && (words[0] === '-o' || words[0] === '+o')) return listOptions(shell)
  const used = setOptions(shell, words)
  const rest = words.slice(used)
  if (rest[0] === '--') shell.positional = rest.slice(1)
  else if (rest.length > 0) shell.positional = rest[0] === '-' ? rest.slice(1) : rest
  return 0
}

function setLetter(shell: Shell, own: string, letter: string, isOn: boolean): void {
  const option = letters[letter]
  // Job control and immediate notices change nothing without a terminal.
  if (!option && !'bhm'.includes(letter)) throw new ShellError(`${own}: line 0: illegal option -${letter}`, 2)
  if (option) shell.options[option] = isOn
}

function setNamed(shell: Shell, own: string, name: Bytes, isOn: boolean): void {
  if (!Object.hasOwn(shell.options, name))
    throw new ShellError(`${own}: line 0: illegal option -o ${name}`, 2)
  shell.options[name as keyof Options] = isOn
}

function listVariables(shell: Shell): number | Action<number> {
  const lines = shell.variables.names.flatMap((name) => {
    const value = shell.variables.get(name)
    return value === undefined ? [] : [`${name}='${value.replaceAll("'", `'"'"'`)}'\n`]
  })
  return put(shell.task, 1, lines.join(''))
}

function listOptions(shell: Shell): number | Action<number> {
  const lines = Object.entries(shell.options).map(
    ([name, isOn]) => `${name.padEnd(16)}${isOn ? 'on' : 'off'}\n`,
  )
  return put(shell.task, 1, lines.join(''))
}
