// The options of a command line, as getopt(3) reads them.

import type { Bytes } from '../bytes.ts'
import { ProgramError } from '../program-error.ts'
import type { Task } from '../task.ts'

/** What was found: letters without argument, letters with the last one given, and the operands. */
export interface CommandLine {
  readonly has: (letter: string) => boolean
  readonly value: (letter: string) => Bytes | undefined
  /** Every argument of a letter that may be repeated. */
  readonly values: (letter: string) => readonly Bytes[]
  readonly operands: readonly Bytes[]
}

/** How options are read. */
export interface OptionStyle {
  /** Long names and the letters that they stand for. */
  readonly long?: Readonly<Record<string, string>>
  /** Stop at the first operand (env, xargs, timeout: what follows is another command). */
  readonly stopsAtOperand?: boolean
}

/** Reads options by a getopt string (`ab:c`). @throws ProgramError for one that is not in it */
export function commandLine(task: Task, letters: string, style: OptionStyle = {}): CommandLine {
  const found = new Map<string, Bytes[]>()
  const operands: Bytes[] = []
  const words = task.argv.slice(1)
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as Bytes
    if (word === '--') {
      operands.push(...words.slice(i + 1))
      break
    }
    if (word.startsWith('--')) i = readLong(found, letters, style, words, i)
    else if (word.startsWith('-') && word !== '-') i = readShort(found, letters, words, i)
    else if (style.stopsAtOperand) {
      operands.push(...words.slice(i))
      break
    } else operands.push(word)
  }
  return {
    has: (letter) => found.has(letter),
    value: (letter) => found.get(letter)?.at(-1),
    values: (letter) => found.get(letter) ?? [],
    operands,
  }
}

function readShort(
  found: Map<string, Bytes[]>,
  letters: string,
  words: readonly Bytes[],
  at: number,
): number {
  const word = words[at] as Bytes
  for (let i = 1; i < word.length; i++) {
    const letter = word[i] as string
    const position = letters.indexOf(letter)
    if (position < 0 || letter === ':') throw new ProgramError(`unrecognized option: ${letter}`)
    if (letters[position + 1] !== ':') {
      keep(found, letter, '')
      continue
    }
    const attached = word.slice(i + 1)
    const argument = attached === '' ? words[at + 1] : attached
    if (argument === undefined) throw new ProgramError(`option requires an argument: ${letter}`)
    keep(found, letter, argument)
    return attached === '' ? at + 1 : at
  }
  return at
}

function readLong(
  found: Map<string, Bytes[]>,
  letters: string,
  style: OptionStyle,
  words: readonly Bytes[],
  at: number,
): number {
  const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(words[at] as Bytes) ?? []
  const letter = style.long?.[name]
  if (letter === undefined) throw new ProgramError(`unrecognized option: ${name}`)
  const wantsArgument = letters[letters.indexOf(letter) + 1] === ':'
  keep(found, letter, value ?? (wantsArgument ? (words[at + 1] ?? '') : ''))
  return wantsArgument && value === undefined ? at + 1 : at
}

function keep(found: Map<string, Bytes[]>, letter: string, argument: Bytes): void {
  found.set(letter, [...(found.get(letter) ?? []), argument])
}
