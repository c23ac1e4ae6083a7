// Parameter expansion: $x, ${x:-word}, ${x##pattern} and their kin.

import type { ParameterExpansionPart, ParameterOperation } from 'unbash'
import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { evaluateArithmetic } from './arithmetic.ts'
import { expandText, expandWord } from './expand.ts'
import type { Pieces } from './fields.ts'
import { change, changeAll } from './parameter-operation.ts'
import { valueOf } from './parameter-value.ts'
import { type Shell, ShellError } from './shell.ts'

/** `$name`, without operations. */
export function expandSimple(shell: Shell, name: string, isQuoted: boolean, pieces: Pieces): void {
  if (name === '@' || name === '*') {
    expandAll(shell, shell.positional, name, isQuoted, pieces)
    return
  }
  piece(present(shell, name, valueOf(shell, name)), isQuoted, pieces)
}

/** `${...}`. @throws ShellError */
export function* expandParameter(
  shell: Shell,
  part: ParameterExpansionPart,
  isQuoted: boolean,
  pieces: Pieces,
): Action<void> {
  const { parameter, operation } = part
  refuseForeign(shell, part)
  if (part.prefix === '#') {
    piece(yield* lengthOf(shell, part), isQuoted, pieces)
    return
  }
  const name = part.prefix === '!' ? (valueOf(shell, parameter) ?? '') : parameter
  const isList = name === '@' || name === '*' || part.index?.text === '@' || part.index?.text === '*'
  if (operation?.type === 'Default') {
    yield* expandDefault(shell, { part, name, isList }, operation, { isQuoted, pieces })
    return
  }
  if (isList) {
    const values = part.index ? elementsOf(shell, name) : shell.positional
    const changed = operation ? yield* changeAll(shell, values, operation) : values
    expandAll(shell, changed, part.index?.text ?? name, isQuoted, pieces)
    return
  }
  const value = present(shell, name, yield* elementOrValue(shell, name, part))
  piece(operation ? yield* change(shell, value, operation) : value, isQuoted, pieces)
}

function present(shell: Shell, name: string, value: Bytes | undefined): Bytes {
  if (value === undefined && shell.options.nounset) throw unset(shell, name)
  return value ?? ''
}

function unset(shell: Shell, name: string): ShellError {
  if (shell.dialect === 'bash') return new ShellError(`line 1: ${name}: unbound variable`, 127)
  return new ShellError(`${name}: parameter not set`, 2)
}

/** What only bash understands is a bad substitution for ash. */
function refuseForeign(shell: Shell, part: ParameterExpansionPart): void {
  const { operation, prefix, index, text } = part
  const type = operation?.type
  const isForeign =
    prefix === '!' || index || type === 'CaseModification' || type === 'Transform' || type === 'Names'
  if (shell.dialect === 'ash' && (isForeign || type === 'Unknown')) {
    throw new ShellError('syntax error: bad substitution', 2)
  }
  if (type === 'Names' || type === 'Unknown') throw new ShellError(`${text}: bad substitution`, 1)
}

function expandAll(
  shell: Shell,
  values: readonly Bytes[],
  name: string,
  isQuoted: boolean,
  pieces: Pieces,
): void {
  if (isQuoted && name === '*') {
    const separators = shell.variables.get('IFS') ?? ' '
    pieces.quoted(values.join(separators[0] ?? ''))
    return
  }
  values.forEach((value, index) => {
    if (index > 0) pieces.border()
    piece(value, isQuoted, pieces)
  })
}

function piece(value: Bytes, isQuoted: boolean, pieces: Pieces): void {
  if (isQuoted) pieces.quoted(value)
  else pieces.loose(value)
}

function* elementOrValue(
  shell: Shell,
  name: string,
  part: ParameterExpansionPart,
): Action<Bytes | undefined> {
  if (!part.index) return valueOf(shell, name)
  const index = evaluateArithmetic(shell, yield* expandText(shell, part.index))
  const elements = elementsOf(shell, name)
  return elements[Number(index) < 0 ? elements.length + Number(index) : Number(index)]
}

function elementsOf(shell: Shell, name: string): readonly Bytes[] {
  const variable = shell.variables.variable(name)
  return variable?.elements ?? (variable?.value === undefined ? [] : [variable.value])
}

function* lengthOf(shell: Shell, part: ParameterExpansionPart): Action<Bytes> {
  const { parameter } = part
  if (parameter === '@' || parameter === '*') return String(shell.positional.length)
  if (part.index?.text === '@' || part.index?.text === '*') return String(elementsOf(shell, parameter).length)
  return String(present(shell, parameter, yield* elementOrValue(shell, parameter, part)).length)
}

/** `-`, `=`, `?` and `+`, each with or without a colon that makes empty the same as unset. */
function* expandDefault(
  shell: Shell,
  {
    part,
    name,
    isList,
  }: { readonly part: ParameterExpansionPart; readonly name: string; readonly isList: boolean },
  operation: Extract<ParameterOperation, { type: 'Default' }>,
  { isQuoted, pieces }: { readonly isQuoted: boolean; readonly pieces: Pieces },
): Action<void> {
  const { operator, operand } = operation
  const values = isList && part.index ? elementsOf(shell, name) : shell.positional
  const value = isList
    ? values.length > 0
      ? values.join(' ')
      : undefined
    : yield* elementOrValue(shell, name, part)
  const isMissing = value === undefined || (operator.startsWith(':') && value === '')
  const kind = operator.slice(-1)
  if (kind === '+' ? !isMissing : kind === '-' && isMissing) {
    yield* expandWord(shell, operand, pieces, { isQuoted, isOperand: true })
  } else if (kind === '+') return
  else if (!isMissing) {
    if (isList) expandAll(shell, values, part.index?.text ?? name, isQuoted, pieces)
    else piece(value, isQuoted, pieces)
  } else if (kind === '?')
    throw new ShellError(yield* complaint(shell, name, operation), shell.dialect === 'bash' ? 127 : 2)
  else piece(yield* assignDefault(shell, name, operation), isQuoted, pieces)
}

function* assignDefault(
  shell: Shell,
  name: string,
  { operand }: Extract<ParameterOperation, { type: 'Default' }>,
): Action<Bytes> {
  const value = yield* expandText(shell, operand)
  if (/^\W|^\d/.test(name)) throw new ShellError('syntax error: bad substitution', 2)
  if (!shell.variables.set(name, value)) throw new ShellError(`${name}: is read only`, 2)
  return value
}

function* complaint(
  shell: Shell,
  name: string,
  { operator, operand }: Extract<ParameterOperation, { type: 'Default' }>,
): Action<string> {
  const text = yield* expandText(shell, operand)
  if (text !== '') return `${name}: ${text}`
  return `${name}: parameter not set${operator === ':?' ? ' or null' : ''}`
}
