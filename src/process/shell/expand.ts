// Word expansion: from a word of the script to fields, a text or a pattern.

import type { ArithmeticExpansionPart, Word, WordPart } from 'unbash'
import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { evaluateArithmetic } from './arithmetic.ts'
import { expandArithmeticText } from './arithmetic-text.ts'
import { expandBraces } from './braces.ts'
import { Fields, type Pieces, PatternText, Text } from './fields.ts'
import { glob } from './glob.ts'
import { expandParameter, expandSimple } from './parameter.ts'
import { type Shell, ShellError } from './shell.ts'
import { substitute } from './subshell.ts'

const DEFAULT_SEPARATORS = ' \t\n'

/** The fields of words: expanded, split, and replaced by the paths that they match. */
export function* expandFields(shell: Shell, words: readonly Word[]): Action<Bytes[]> {
  const fields: Bytes[] = []
  for (const word of words) {
    const value = plainValue(shell, word)
    if (value === undefined) yield* expandInto(shell, word, fields)
    else fields.push(value)
  }
  return fields
}

/** Adds the fields of one word. */
export function* expandInto(shell: Shell, word: Word, fields: Bytes[]): Action<void> {
  for (const each of shell.dialect === 'bash' ? expandBraces(word) : [word]) {
    for (const field of yield* fieldsOf(shell, each)) fields.push(field)
  }
}

/** The single field of a word that needs no care, which is most of a script; undefined for all others. */
export function plainValue(shell: Shell, word: Word): Bytes | undefined {
  const { parts } = word
  if (parts === undefined) return word.text.startsWith('~') ? undefined : word.value
  const [part] = parts
  if (parts.length !== 1 || !part) return undefined
  if (part.type === 'SingleQuoted') return part.value
  if (part.type === 'SimpleExpansion') {
    const value = simpleValue(shell, part.text)
    return value === '' || value === undefined || needsSplitting(shell, value) ? undefined : value
  }
  const [inner] = part.type === 'DoubleQuoted' ? part.parts : []
  if (part.type !== 'DoubleQuoted' || part.parts.length !== 1 || !inner) return undefined
  return inner.type === 'Literal'
    ? inner.value
    : inner.type === 'SimpleExpansion'
      ? simpleValue(shell, inner.text)
      : undefined
}

function simpleValue(shell: Shell, text: string): Bytes | undefined {
  const first = text.charCodeAt(1)
  // Only variables: parameters such as $@ are lists, and what is unset may be an error.
  return first >= CAPITAL_A ? shell.variables.get(text.slice(1)) : undefined
}

const CAPITAL_A = 65

function needsSplitting(shell: Shell, value: Bytes): boolean {
  return (
    !/^[\w./-]*$/.test(value) || (shell.variables.get('IFS') ?? DEFAULT_SEPARATORS) !== DEFAULT_SEPARATORS
  )
}

/** A word without anything to expand. */
function isPlain(word: Word): boolean {
  return word.parts === undefined && !word.text.startsWith('~')
}

function* fieldsOf(shell: Shell, word: Word): Action<readonly Bytes[]> {
  const fields = new Fields(shell.variables.get('IFS') ?? DEFAULT_SEPARATORS)
  yield* expandWord(shell, word, fields)
  return fields.finish().flatMap(({ text, pattern }) => {
    if (pattern === undefined || shell.options.noglob) return [text]
    const paths = glob(shell.task, pattern)
    return paths.length > 0 ? paths : [text]
  })
}

/** A word as one text, without splitting and without paths. */
export function* expandText(shell: Shell, word: Word): Action<Bytes> {
  if (isPlain(word)) return word.value
  const [only, ...others] = word.parts ?? []
  if (only?.type === 'ArithmeticExpansion' && others.length === 0) return yield* arithmetic(shell, only)
  const text = new Text()
  yield* expandWord(shell, word, text)
  return text.value
}

/** A word as a pattern, its quoted characters escaped. */
export function* expandPattern(shell: Shell, word: Word): Action<string> {
  const pattern = new PatternText()
  yield* expandWord(shell, word, pattern)
  return pattern.value
}

/** The parts of a here-document's body as text. */
export function* expandBody(shell: Shell, parts: readonly WordPart[]): Action<Bytes> {
  const text = new Text()
  for (const part of parts) yield* expandPart(shell, part, true, text)
  return text.value
}

/** Expands a word into pieces. `isOperand`: it stands in `${x:-word}`, where even its own characters are split. */
export function* expandWord(
  shell: Shell,
  word: Word,
  pieces: Pieces,
  { isQuoted = false, isOperand = false } = {},
): Action<void> {
  const { parts, text } = word
  if (!isQuoted && text.startsWith('~')) {
    const home = tildePrefix(shell, text)
    if (home) {
      pieces.quoted(home.directory)
      if (parts === undefined) pieces.quoted(word.value.slice(home.length))
      else yield* expandParts(shell, withoutPrefix(parts, home.length), pieces, { isQuoted, isOperand })
      return
    }
  }
  if (parts === undefined) literal(word.value, pieces, isOperand && !isQuoted && !text.includes('\\'))
  else yield* expandParts(shell, parts, pieces, { isQuoted, isOperand })
}

function* expandParts(
  shell: Shell,
  parts: readonly WordPart[],
  pieces: Pieces,
  { isQuoted, isOperand }: { readonly isQuoted: boolean; readonly isOperand: boolean },
): Action<void> {
  for (const part of parts) {
    if (part.type === 'Literal')
      literal(part.value, pieces, isOperand && !isQuoted && !part.text.includes('\\'))
    else yield* expandPart(shell, part, isQuoted, pieces)
  }
}

function literal(value: Bytes, pieces: Pieces, isSplit: boolean): void {
  if (isSplit) pieces.loose(value)
  else pieces.quoted(value)
}

function* expandPart(shell: Shell, part: WordPart, isQuoted: boolean, pieces: Pieces): Action<void> {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      pieces.quoted(part.value)
      return
    case 'DoubleQuoted':
    case 'LocaleString':
      yield* expandDoubleQuoted(shell, part.parts, pieces)
      return
    case 'Glob':
      if (part.kind === 'bracket') yield* expandBracket(shell, part.parts, isQuoted, pieces)
      else if (isQuoted) pieces.quoted(part.text)
      else pieces.magic(part.text)
      return
    case 'ExtendedGlob':
      if (isQuoted) pieces.quoted(part.text)
      else pieces.magic(part.text)
      return
    case 'SimpleExpansion':
      expandSimple(shell, part.text.slice(1), isQuoted, pieces)
      return
    case 'ParameterExpansion':
      yield* expandParameter(shell, part, isQuoted, pieces)
      return
    case 'CommandExpansion':
      result(yield* substitute(shell, part.script), isQuoted, pieces)
      return
    case 'ArithmeticExpansion':
      result(yield* arithmetic(shell, part), isQuoted, pieces)
      return
    case 'BraceExpansion':
      pieces.quoted(part.text)
      return
    case 'ProcessSubstitution':
      throw new ShellError(`process substitution ${part.text} is not supported`, 2)
  }
}

/** `[a-c]`, which may hold expansions: `[$set]`. */
function* expandBracket(
  shell: Shell,
  parts: readonly WordPart[],
  isQuoted: boolean,
  pieces: Pieces,
): Action<void> {
  const magic = (text: Bytes) => (isQuoted ? pieces.quoted(text) : pieces.magic(text))
  magic('[')
  for (const part of parts) {
    if (part.type === 'Literal') magic(part.text)
    else yield* expandPart(shell, part, isQuoted, pieces)
  }
  magic(']')
}

function result(text: Bytes, isQuoted: boolean, pieces: Pieces): void {
  if (isQuoted) pieces.quoted(text)
  else pieces.loose(text)
}

function* expandDoubleQuoted(shell: Shell, parts: readonly WordPart[], pieces: Pieces): Action<void> {
  // "$@" without parameters is no field at all; everything else in quotes is one, even if empty.
  const isAllParameters = parts.length === 1 && parts[0]?.text === '$@'
  if (!isAllParameters) pieces.quoted('')
  for (const part of parts) yield* expandPart(shell, part, true, pieces)
}

function* arithmetic(shell: Shell, part: ArithmeticExpansionPart): Action<Bytes> {
  const text = yield* expandArithmeticText(shell, part)
  return String(evaluateArithmetic(shell, text))
}

/** The home directory that `~` or `~user` at the start means; undefined where it means itself. */
function tildePrefix(shell: Shell, text: string): { directory: Bytes; length: number } | undefined {
  const [prefix] = /^~[A-Za-z0-9_.-]*/.exec(text) ?? ['']
  const next = text[prefix.length]
  if (next !== undefined && next !== '/' && next !== ':') return undefined
  const directory = prefix === '~' ? shell.variables.get('HOME') : homeOf(shell, prefix.slice(1))
  return directory === undefined ? undefined : { directory, length: prefix.length }
}

function homeOf(shell: Shell, user: string): Bytes | undefined {
  const { files } = shell.task
  if (!files.exists('/etc/passwd')) return undefined
  const line = files
    .read('/etc/passwd')
    .split('\n')
    .find((entry) => entry.startsWith(`${user}:`))
  return line?.split(':')[5]
}

function withoutPrefix(parts: readonly WordPart[], length: number): readonly WordPart[] {
  const [first, ...rest] = parts
  if (first?.type !== 'Literal') return parts
  const value = first.value.slice(length)
  return [{ ...first, value, text: value }, ...rest]
}
