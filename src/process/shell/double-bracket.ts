// [[ ]]: tests whose words are not split, with && and ||.

import type { TestExpression } from 'unbash'
import type { Action } from '../effects.ts'
import { binaryTest, TestError, unaryTest } from '../programs/test.ts'
import { evaluateArithmetic } from './arithmetic.ts'
import { expandPattern, expandText } from './expand.ts'
import { matches } from './pattern.ts'
import type { Shell } from './shell.ts'

const arithmeticOperators = new Set(['-eq', '-ne', '-lt', '-le', '-gt', '-ge'])

/** The exit status of `[[ expression ]]`. */
export function* runDoubleBracket(shell: Shell, expression: TestExpression): Action<number> {
  try {
    return (yield* holds(shell, expression)) ? 0 : 1
  } catch (error) {
    if (!(error instanceof TestError)) throw error
    shell.complain(error.message)
    return 2
  }
}

function* holds(shell: Shell, node: TestExpression): Action<boolean> {
  switch (node.type) {
    case 'TestUnary': {
      const operand = yield* expandText(shell, node.operand)
      if (node.operator === '-v') return shell.variables.get(operand) !== undefined
      return unaryTest(shell.task, node.operator, operand)
    }
    case 'TestBinary':
      return yield* compares(shell, node)
    case 'TestLogical':
      for (const operand of node.operands) {
        if ((yield* holds(shell, operand)) !== (node.operator === '&&')) return node.operator === '||'
      }
      return node.operator === '&&'
    case 'TestNot':
      return (yield* holds(shell, node.operand)) !== (node.negations.length % 2 === 1)
    case 'TestGroup':
      return yield* holds(shell, node.expression)
  }
}

function* compares(shell: Shell, node: Extract<TestExpression, { type: 'TestBinary' }>): Action<boolean> {
  const { operator } = node
  const left = yield* expandText(shell, node.left)
  if (operator === '==' || operator === '=' || operator === '!=') {
    const isMatch = matches(yield* expandPattern(shell, node.right), left)
    return isMatch === (operator !== '!=')
  }
  const right = yield* expandText(shell, node.right)
  if (operator === '=~') return new RegExp(right).test(left)
  if (arithmeticOperators.has(operator)) {
    const [a, b] = [left, right].map((text) => String(evaluateArithmetic(shell, text)))
    return binaryTest(shell.task, a ?? '0', operator, b ?? '0')
  }
  return binaryTest(shell.task, left, operator, right)
}
