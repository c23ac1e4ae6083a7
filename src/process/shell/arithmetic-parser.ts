// From the text of an arithmetic expression to its tree.

import { ShellError } from './shell.ts'

export type ArithmeticNode =
  | { readonly type: 'number'; readonly value: number | bigint }
  | { readonly type: 'variable'; readonly name: string }
  | { readonly type: 'unary'; readonly operator: string; readonly operand: ArithmeticNode }
  | { readonly type: 'step'; readonly operator: string; readonly name: string; readonly isPrefix: boolean }
  | {
      readonly type: 'assignment'
      readonly operator: string
      readonly name: string
      readonly value: ArithmeticNode
    }
  | {
      readonly type: 'choice'
      readonly test: ArithmeticNode
      readonly yes: ArithmeticNode
      readonly no: ArithmeticNode
    }
  | {
      readonly type: 'binary'
      readonly operator: string
      readonly left: ArithmeticNode
      readonly right: ArithmeticNode
    }

const cache = new Map<string, ArithmeticNode>()
const MOST_CACHED = 1_000

/** The tree of an expression; an empty one is 0. @throws ShellError `arithmetic syntax error` */
export function parseArithmetic(text: string): ArithmeticNode {
  let node = cache.get(text)
  if (!node) {
    if (cache.size >= MOST_CACHED) cache.clear()
    node = new Parser(text).parse()
    cache.set(text, node)
  }
  return node
}

/** Binary operators by how tightly they bind. */
const precedence: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '|': 3,
  '^': 4,
  '&': 5,
  '==': 6,
  '!=': 6,
  '<': 7,
  '<=': 7,
  '>': 7,
  '>=': 7,
  '<<': 8,
  '>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
  '**': 11,
}

const assignments = new Set(['=', '+=', '-=', '*=', '/=', '%=', '<<=', '>>=', '&=', '^=', '|='])

const token =
  /\s*(?:(?<number>0[xX][0-9a-fA-F]+|\d+#[0-9a-zA-Z]+|\d+)|(?<name>[A-Za-z_]\w*)|(?<operator><<=|>>=|\*\*|\+\+|--|<<|>>|&&|\|\||[-+*/%&^|=!<>]=|[-+*/%&^|=!<>~?:(),]))/y

/** A parser by precedence climbing. */
class Parser {
  #tokens: { readonly kind: 'number' | 'name' | 'operator'; readonly text: string }[] = []
  #at = 0

  constructor(text: string) {
    token.lastIndex = 0
    const end = text.trimEnd().length
    while (token.lastIndex < end) {
      const groups = token.exec(text)?.groups
      if (!groups) throw syntaxError()
      const { number, name, operator } = groups
      if (number !== undefined) this.#tokens.push({ kind: 'number', text: number })
      else if (name !== undefined) this.#tokens.push({ kind: 'name', text: name })
      else this.#tokens.push({ kind: 'operator', text: operator ?? '' })
    }
  }

  parse(): ArithmeticNode {
    if (this.#tokens.length === 0) return { type: 'number', value: 0 }
    const node = this.#list()
    if (this.#at < this.#tokens.length) throw syntaxError()
    return node
  }

  #list(): ArithmeticNode {
    let node = this.#expression()
    while (this.#accept(',')) node = { type: 'binary', operator: ',', left: node, right: this.#expression() }
    return node
  }

  #expression(): ArithmeticNode {
    const [first, second] = [this.#tokens[this.#at], this.#tokens[this.#at + 1]]
    if (first?.kind === 'name' && second && assignments.has(second.text)) {
      this.#at += 2
      return { type: 'assignment', operator: second.text, name: first.text, value: this.#expression() }
    }
    const test = this.#binary(1)
    if (!this.#accept('?')) return test
    const yes = this.#list()
    this.#expect(':')
    return { type: 'choice', test, yes, no: this.#expression() }
  }

  #binary(least: number): ArithmeticNode {
    let left = this.#unary()
    for (;;) {
      const next = this.#tokens[this.#at]
      const binding = next?.kind === 'operator' ? precedence[next.text] : undefined
      if (!next || binding === undefined || binding < least) return left
      this.#at++
      // Powers group from the right, everything else from the left.
      const right = this.#binary(next.text === '**' ? binding : binding + 1)
      left = { type: 'binary', operator: next.text, left, right }
    }
  }

  #unary(): ArithmeticNode {
    const next = this.#tokens[this.#at++]
    if (!next) throw syntaxError()
    if (next.kind === 'number') return { type: 'number', value: numberOf(next.text) }
    if (next.kind === 'name') return this.#variable(next.text)
    if (next.text === '(') {
      const node = this.#list()
      this.#expect(')')
      return node
    }
    if (next.text === '++' || next.text === '--') {
      const operand = this.#unary()
      if (operand.type === 'variable')
        return { type: 'step', operator: next.text, name: operand.name, isPrefix: true }
      // Before anything but a variable these are two signs.
      return operand
    }
    if ('+-!~'.includes(next.text)) return { type: 'unary', operator: next.text, operand: this.#unary() }
    throw syntaxError()
  }

  #variable(name: string): ArithmeticNode {
    const next = this.#tokens[this.#at]?.text
    if (next !== '++' && next !== '--') return { type: 'variable', name }
    this.#at++
    return { type: 'step', operator: next, name, isPrefix: false }
  }

  #accept(text: string): boolean {
    if (this.#tokens[this.#at]?.text !== text) return false
    this.#at++
    return true
  }

  #expect(text: string): void {
    if (!this.#accept(text)) throw syntaxError()
  }
}

/** Decimal, 0x hexadecimal, 0 octal, and BASE#DIGITS. */
function numberOf(text: string): number | bigint {
  const [, base, digits] = /^(\d+)#(\w+)$/.exec(text) ?? []
  if (base !== undefined && digits !== undefined) return parseInt(digits, Number(base))
  if (/^0[0-7]+$/.test(text)) return exact(BigInt(`0o${text.slice(1)}`))
  if (/^0\d/.test(text)) throw syntaxError()
  return exact(BigInt(text))
}

function exact(value: bigint): number | bigint {
  const wrapped = BigInt.asIntN(64, value)
  return Number.isSafeInteger(Number(wrapped)) ? Number(wrapped) : wrapped
}

function syntaxError(): ShellError {
  return new ShellError('arithmetic syntax error', 2)
}
