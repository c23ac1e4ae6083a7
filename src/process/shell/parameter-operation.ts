// What the operations of a parameter expansion make of a value: ${x#pattern}, ${x/a/b}, ${x:1:2}, ${x^^}.

import type { ParameterOperation } from 'unbash'
import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { evaluateArithmetic } from './arithmetic.ts'
import { expandPattern, expandText } from './expand.ts'
import { patternRegExp, patternSource } from './pattern.ts'
import { type Shell, ShellError } from './shell.ts'

/** What an operation makes of a value. @throws ShellError */
export function* change(shell: Shell, value: Bytes, operation: ParameterOperation): Action<Bytes> {
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

/** What an operation makes of each value, or of the list as a whole where it takes a part of it. @throws ShellError */
export function* changeAll(
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
