// Arithmetic: 64-bit integers with the operators of C, as in $((...)).

import { type ArithmeticNode, parseArithmetic } from './arithmetic-parser.ts'
import { type Shell, ShellError } from './shell.ts'

/** JavaScript's numbers as long as they are exact, big integers beyond. */
type Integer = number | bigint

/** The value of an expression; assignments change the shell's variables. @throws ShellError */
export function evaluateArithmetic(shell: Shell, text: string): Integer {
  return valueOf(shell, parseArithmetic(text), 0)
}

/** So deep may variables name variables that name variables. */
const DEEPEST = 1_000

function valueOf(shell: Shell, node: ArithmeticNode, depth: number): Integer {
  if (depth > DEEPEST) throw new ShellError('expression recursion loop detected', 2)
  switch (node.type) {
    case 'number':
      return node.value
    case 'variable':
      return variable(shell, node.name, depth)
    case 'unary':
      return unary(node.operator, valueOf(shell, node.operand, depth))
    case 'step':
      return step(shell, node, depth)
    case 'assignment':
      return assign(shell, node, depth)
    case 'choice':
      return valueOf(shell, isTrue(valueOf(shell, node.test, depth)) ? node.yes : node.no, depth)
    case 'binary':
      return (
        logical(shell, node, depth) ??
        binary(node.operator, valueOf(shell, node.left, depth), valueOf(shell, node.right, depth))
      )
  }
}

function variable(shell: Shell, name: string, depth: number): Integer {
  const text = shell.variables.get(name)
  if (text === undefined) {
    if (shell.options.nounset) throw new ShellError(`${name}: parameter not set`, 2)
    return 0
  }
  if (/^\d{1,15}$/.test(text) && (text.length === 1 || text[0] !== '0')) return Number(text)
  return valueOf(shell, parseArithmetic(text), depth + 1)
}

function step(shell: Shell, node: Extract<ArithmeticNode, { type: 'step' }>, depth: number): Integer {
  const before = variable(shell, node.name, depth)
  const after = binary(node.operator === '++' ? '+' : '-', before, 1)
  store(shell, node.name, after)
  return node.isPrefix ? after : before
}

function assign(shell: Shell, node: Extract<ArithmeticNode, { type: 'assignment' }>, depth: number): Integer {
  const right = valueOf(shell, node.value, depth)
  const operator = node.operator.slice(0, -1)
  const value = operator === '' ? right : binary(operator, variable(shell, node.name, depth), right)
  store(shell, node.name, value)
  return value
}

function store(shell: Shell, name: string, value: Integer): void {
  if (!shell.variables.set(name, String(value))) throw new ShellError(`${name}: is read only`, 2)
}

/** `&&` and `||` look at their right side only if they must. */
function logical(
  shell: Shell,
  node: Extract<ArithmeticNode, { type: 'binary' }>,
  depth: number,
): Integer | undefined {
  if (node.operator === ',') valueOf(shell, node.left, depth)
  if (node.operator === ',') return valueOf(shell, node.right, depth)
  if (node.operator !== '&&' && node.operator !== '||') return undefined
  const left = isTrue(valueOf(shell, node.left, depth))
  if (left !== (node.operator === '&&')) return Number(left)
  return Number(isTrue(valueOf(shell, node.right, depth)))
}

function unary(operator: string, value: Integer): Integer {
  switch (operator) {
    case '-':
      return typeof value === 'number' ? 0 - value : wrap(-value)
    case '!':
      return isTrue(value) ? 0 : 1
    case '~':
      return wrap(~BigInt(value))
    default:
      return value
  }
}

function binary(operator: string, left: Integer, right: Integer): Integer {
  if (typeof left === 'number' && typeof right === 'number') {
    const exact = small(operator, left, right)
    if (exact !== undefined && Number.isSafeInteger(exact)) return exact
  }
  return large(operator, BigInt(left), BigInt(right))
}

/** What plain numbers can do; undefined for what needs 64 bits. */
function small(operator: string, left: number, right: number): number | undefined {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right + 0
    case '/':
      return right === 0 ? undefined : Math.trunc(left / right) + 0
    case '%':
      return right === 0 ? undefined : (left % right) + 0
    case '<':
      return Number(left < right)
    case '<=':
      return Number(left <= right)
    case '>':
      return Number(left > right)
    case '>=':
      return Number(left >= right)
    case '==':
      return Number(left === right)
    case '!=':
      return Number(left !== right)
    default:
      return undefined
  }
}

function large(operator: string, left: bigint, right: bigint): Integer {
  switch (operator) {
    case '+':
      return wrap(left + right)
    case '-':
      return wrap(left - right)
    case '*':
      return wrap(left * right)
    case '/':
    case '%':
      if (right === 0n) throw new ShellError('divide by zero', 2)
      return wrap(operator === '/' ? left / right : left % right)
    case '**':
      if (right < 0n) throw new ShellError('exponent less than 0', 2)
      return wrap(left ** right)
    case '<<':
      return wrap(left << (right & 63n))
    case '>>':
      return wrap(left >> (right & 63n))
    case '&':
      return wrap(left & right)
    case '^':
      return wrap(left ^ right)
    case '|':
      return wrap(left | right)
    case '<':
      return Number(left < right)
    case '<=':
      return Number(left <= right)
    case '>':
      return Number(left > right)
    case '>=':
      return Number(left >= right)
    case '==':
      return Number(left === right)
    default:
      return Number(left !== right)
  }
}

/** The value in 64 bits, as a plain number where that is exact. */
function wrap(value: bigint): Integer {
  const wrapped = BigInt.asIntN(64, value)
  const plain = Number(wrapped)
  return Number.isSafeInteger(plain) ? plain : wrapped
}

export function isTrue(value: Integer): boolean {
  return value !== 0 && value !== 0n
}
