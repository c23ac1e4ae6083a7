// Assignments: name=value, name+=value and arrays.

import type { ArrayValue, Assignment, LiteralPart, Word, WordPart } from 'unbash'
import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { evaluateArithmetic } from './arithmetic.ts'
import { expandFields, expandText } from './expand.ts'
import { type Shell, ShellError } from './shell.ts'

/** Assigns to a variable of the shell. @throws ShellError if it is read-only */
export function* assign(shell: Shell, assignment: Assignment, isExported?: boolean): Action<void> {
  const { name, value, index } = assignment
  if (value.type === 'ArrayValue') {
    const before = assignment.append ? (shell.variables.variable(name)?.elements ?? []) : []
    const elements = [...before, ...(yield* expandFields(shell, elementsOf(value)))]
    if (!shell.variables.setElements(name, elements)) throw readOnly(name)
    return
  }
  const text = yield* expandAssignment(shell, assignment)
  if (index) yield* assignElement(shell, name, index, text)
  else {
    const isMarked = isExported ?? (shell.options.allexport ? true : undefined)
    if (!shell.variables.set(name, text, isMarked ? { isExported: true } : {})) throw readOnly(name)
  }
}

/** The text that an assignment assigns. */
export function* expandAssignment(shell: Shell, { name, value, append }: Assignment): Action<Bytes> {
  if (value.type === 'ArrayValue') throw new ShellError(`${name}: cannot assign list to array member`, 1)
  const text = yield* expandText(shell, withTildes(value))
  return append ? `${shell.variables.get(name) ?? ''}${text}` : text
}

/** In an assignment `~` means home after a colon too, as in a PATH. */
function withTildes(value: Word): Word {
  if (!value.text.includes(':~')) return value
  const parts = value.parts ?? [
    { type: 'Literal', pos: value.pos, end: value.end, value: value.value, text: value.text },
  ]
  return { ...value, parts: parts.flatMap((part) => (part.type === 'Literal' ? tildeParts(part) : [part])) }
}

function tildeParts(part: LiteralPart): WordPart[] {
  const place = { pos: part.pos, end: part.end }
  return part.value.split(/(?<=:)~(?=[/:]|$)/).flatMap((text, index) => {
    const literal: WordPart = { type: 'Literal', ...place, value: text, text }
    return index === 0 ? [literal] : [{ type: 'SimpleExpansion', ...place, text: '$HOME' }, literal]
  })
}

/** `name=value` as an argument: of export and its kin it is one field, of other commands a word like any other. */
export function* expandArgument(
  shell: Shell,
  assignment: Assignment,
  isDeclaration: boolean,
): Action<Bytes[]> {
  const { name, value, append } = assignment
  if (value.type === 'ArrayValue') {
    if (!isDeclaration) throw new ShellError('syntax error: unexpected "("', 2)
    yield* assign(shell, assignment)
    return [name]
  }
  const prefix = `${name}${append ? '+' : ''}=`
  if (isDeclaration) return [`${prefix}${yield* expandText(shell, value)}`]
  return yield* expandFields(shell, [prefixed(value, prefix)])
}

function prefixed(value: Word, prefix: string): Word {
  const literal = { type: 'Literal', pos: value.pos, end: value.pos, value: prefix, text: prefix } as const
  const own = value.parts ?? [{ ...literal, value: value.value, text: value.text }]
  return { ...value, text: prefix + value.text, value: prefix + value.value, parts: [literal, ...own] }
}

function elementsOf(value: ArrayValue): readonly Word[] {
  return value.elements
}

function* assignElement(shell: Shell, name: string, index: Word, text: Bytes): Action<void> {
  const at = Number(evaluateArithmetic(shell, yield* expandText(shell, index)))
  const elements = [...(shell.variables.variable(name)?.elements ?? [])]
  while (elements.length < at) elements.push('')
  elements[at] = text
  if (!shell.variables.setElements(name, elements)) throw readOnly(name)
}

function readOnly(name: string): ShellError {
  return new ShellError(`${name}: is read only`, 2)
}
