// Parameter expansion: $x, ${x:-word}, ${x##pattern} and their kin.

import type { ParameterExpansionPart, ParameterOperation } from 'unbash'
import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { evaluateArithmetic } from './arithmetic.ts'
import { expandPattern, expandText, expandWord } from './expand.ts'
import type { Pieces } from './fields.ts'
import { patternRegExp, patternSource } from './pattern.ts'
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

/** What a parameter holds; undefined if it is unset. */
export function valueOf(shell: Shell, name: string): Bytes | undefined {
  switch (name) {
    case '?':
      return String(shell.status)
    case '$':
      return String(shell.rootPid)
    case '!':
      return shell.lastBackgroundPid === undefined ? undefined : String(shell.lastBackgroundPid)
    case '#':
      return String(shell.positional.length)
    case '-':
      return flagsOf(shell)
    case '0':
      return shell.name
    case '@':
    case '*':
      return shell.positional.length > 0 ? shell.positional.join(' ') : undefined
    case 'RANDOM':
      return String(shell.task.table.surroundings.random.between(0, 32_767))
    case 'SECONDS':
    case 'EPOCHSECONDS':
      return shell.dialect === 'bash' ? seconds(shell, name) : shell.variables.get(name)
    default:
      return /^\d/.test(name) ? shell.positional[Number(name) - 1] : shell.variables.get(name)
  }
}

function seconds(shell: Shell, name: string): Bytes {
  const { task } = shell
  return String(Math.floor((name === 'SECONDS' ? task.now() - task.startedAtMs : task.now()) / 1000))
}

/** $-: the options that are on, as letters. */
function flagsOf(shell: Shell): Bytes {
  const { options } = shell
  const letters = {
    e: options.errexit,
    f: options.noglob,
    u: options.nounset,
    x: options.xtrace,
    C: options.noclobber,
  }
  return Object.entries(letters)
    .filter(([, isOn]) => isOn)
    .map(([letter]) => letter)
    .join('')
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

function* changeAll(
  shell: Shell,
  values: readonly Bytes[],
  operation: ParameterOperation,
): Action<readonly Bytes[]> {
  if (operation.type === 'Slice') {
    const { from, to } = yield* slice(shell, operation, values.length + 1)
    return [shell.name, ...values].slice(from, to)
  }
  const changed: Bytes[] = []
  for (const value of values) changed.push(yield* change(shell, value, operation))
  return changed
}

function* change(shell: Shell, value: Bytes, operation: ParameterOperation): Action<Bytes> {
  switch (operation.type) {
    case 'Remove':
      return removePattern(value, operation.operator, yield* expandPattern(shell, operation.operand))
    case 'Replace': {
      const pattern = yield* expandPattern(shell, operation.pattern)
      return replacePattern(
        value,
        operation.operator,
        pattern,
        yield* expandText(shell, operation.replacement),
      )
    }
    case 'Slice': {
      const { from, to } = yield* slice(shell, operation, value.length)
      return value.slice(from, to)
    }
    case 'CaseModification':
      return changeCase(value, operation.operator)
    case 'Transform':
      return transform(value, yield* expandText(shell, operation.operand))
    default:
      throw new ShellError('bad substitution', 1)
  }
}

function* slice(
  shell: Shell,
  operation: Extract<ParameterOperation, { type: 'Slice' }>,
  length: number,
): Action<{ readonly from: number; readonly to: number }> {
  const offset = Number(evaluateArithmetic(shell, yield* expandText(shell, operation.offset)))
  const from = offset < 0 ? Math.max(0, length + offset) : Math.min(offset, length)
  if (!operation.length) return { from, to: length }
  const count = Number(evaluateArithmetic(shell, yield* expandText(shell, operation.length)))
  return { from, to: count < 0 ? length + count : from + count }
}

function removePattern(value: Bytes, operator: string, pattern: string): Bytes {
  if (operator === '#' || operator === '##') {
    const prefix = new RegExp(`^(?:${patternSource(pattern, operator === '#')})`, 's').exec(value)
    return prefix ? value.slice(prefix[0].length) : value
  }
  // The shortest suffix starts last, the longest first.
  const starts = Array.from({ length: value.length + 1 }, (_, index) => index)
  const expression = patternRegExp(pattern)
  const start = (operator === '%' ? starts.toReversed() : starts).find((index) =>
    expression.test(value.slice(index)),
  )
  return start === undefined ? value : value.slice(0, start)
}

function replacePattern(value: Bytes, operator: string, pattern: string, replacement: Bytes): Bytes {
  if (pattern === '') return value
  const anchored = operator === '/#' ? '^' : ''
  const end = operator === '/%' ? '$' : ''
  const expression = new RegExp(
    `${anchored}(?:${patternSource(pattern)})${end}`,
    operator === '//' ? 'gs' : 's',
  )
  return value.replace(expression, () => replacement)
}

function changeCase(value: Bytes, operator: string): Bytes {
  const turn = (text: string) => (operator.startsWith('^') ? text.toUpperCase() : text.toLowerCase())
  return operator.length === 2 ? turn(value) : turn(value.slice(0, 1)) + value.slice(1)
}

function transform(value: Bytes, operator: string): Bytes {
  if (operator === 'Q') return `'${value.replaceAll("'", "'\\''")}'`
  if (operator === 'U') return value.toUpperCase()
  if (operator === 'L') return value.toLowerCase()
  if (operator === 'u') return value.slice(0, 1).toUpperCase() + value.slice(1)
  throw new ShellError(`the operator @${operator} is not supported`, 1)
}
