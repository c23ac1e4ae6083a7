// The text of an arithmetic expansion, with the expansions in it replaced by their results.

import type { ArithmeticExpression, Word } from 'unbash'
import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { expandText } from './expand.ts'
import type { Shell } from './shell.ts'
import { substitute } from './subshell.ts'

/** Where an expression stands in its script, and its tree. */
export interface Arithmetic {
  readonly pos: number
  readonly text: string
  readonly expression: ArithmeticExpression | undefined
}

type Leaf = Extract<ArithmeticExpression, { type: 'ArithmeticWord' | 'ArithmeticCommandExpansion' }>

/** The texts of expressions that hold nothing to expand. */
const plainTexts = new WeakMap<object, Bytes>()

/** `$((text))` without its brackets. POSIX expands first and parses then: `$x` may hold more than a number. */
export function* expandArithmeticText(shell: Shell, arithmetic: Arithmetic): Action<Bytes> {
  const plain = plainTexts.get(arithmetic)
  if (plain !== undefined) return plain
  const { pos, text, expression } = arithmetic
  const [open] = /^\$?(?:\(\(|\[)/.exec(text) ?? ['']
  const end = text.length - (open.endsWith('[') ? 1 : 2)
  const inner = text.slice(open.length, end)
  if (!/[$`"'\\]/.test(inner)) {
    plainTexts.set(arithmetic, inner)
    return inner
  }
  let expanded = ''
  let at = open.length
  for (const leaf of expression ? leavesOf(expression) : []) {
    expanded += text.slice(at, leaf.pos - pos)
    expanded +=
      leaf.type === 'ArithmeticWord' ? yield* wordText(shell, leaf) : yield* substitute(shell, leaf.script)
    at = leaf.end - pos
  }
  return expanded + text.slice(at, end)
}

function* wordText(shell: Shell, leaf: Extract<Leaf, { type: 'ArithmeticWord' }>): Action<Bytes> {
  const { pos, end, value, parts } = leaf
  // The parser leaves plain `$x` in the value.
  const word: Word = { type: 'Word', text: value, value, pos, end, parts: parts ?? simpleParts(value) }
  return yield* expandText(shell, word)
}

function simpleParts(value: string): Word['parts'] {
  if (!value.includes('$')) return undefined
  return value.split(/(\$(?:[A-Za-z_]\w*|[\d?#$!@*-]))/).map((text) => {
    const place = { pos: 0, end: 0, text }
    return text.startsWith('$')
      ? { type: 'SimpleExpansion', ...place }
      : { type: 'Literal', ...place, value: text }
  })
}

/** Words and command substitutions of an expression, in the order of the text. */
function leavesOf(expression: ArithmeticExpression): Leaf[] {
  switch (expression.type) {
    case 'ArithmeticBinary':
      return [...leavesOf(expression.left), ...leavesOf(expression.right)]
    case 'ArithmeticUnary':
      return leavesOf(expression.operand)
    case 'ArithmeticTernary':
      return [expression.test, expression.consequent, expression.alternate].flatMap(leavesOf)
    case 'ArithmeticGroup':
      return leavesOf(expression.expression)
    default:
      return [expression]
  }
}
