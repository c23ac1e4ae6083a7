// expr: an expression, one word a token.

import type { Bytes } from '../bytes.ts'
import { write } from '../io.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { basicRegExp } from './regexp.ts'

export const expr: Program = {
  name: 'expr',
  *run(task) {
    const words = task.argv.slice(1)
    if (words.length === 0) throw new ProgramError('too few arguments', 2)
    const parser = new Expression(words)
    const value = parser.value()
    yield* write(task, 1, `${value}\n`)
    return value === '' || value === '0' ? 1 : 0
  },
}

const levels: readonly (readonly string[])[] = [
  ['|'],
  ['&'],
  ['=', '==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
  [':'],
]

/** A parser by levels of precedence that computes as it goes. */
class Expression {
  #words: readonly Bytes[]
  #at = 0

  constructor(words: readonly Bytes[]) {
    this.#words = words
  }

  value(): Bytes {
    const value = this.#level(0)
    if (this.#at < this.#words.length) throw new ProgramError('syntax error', 2)
    return value
  }

  #level(level: number): Bytes {
    const operators = levels[level]
    if (!operators) return this.#primary()
    let left = this.#level(level + 1)
    for (
      let word = this.#words[this.#at];
      word !== undefined && operators.includes(word);
      word = this.#words[this.#at]
    ) {
      this.#at++
      left = compute(left, word, this.#level(level + 1))
    }
    return left
  }

  #primary(): Bytes {
    const word = this.#words[this.#at++]
    if (word === undefined) throw new ProgramError('syntax error', 2)
    if (word === '(') {
      const value = this.#level(0)
      if (this.#words[this.#at++] !== ')') throw new ProgramError('syntax error', 2)
      return value
    }
    if (word === 'length' && this.#at < this.#words.length) return String(this.#primary().length)
    if (word === 'match' && this.#at + 1 < this.#words.length)
      return matched(this.#primary(), this.#primary())
    if (word === 'substr' && this.#at + 2 < this.#words.length) {
      const [text, from, count] = [this.#primary(), Number(this.#primary()), Number(this.#primary())]
      return from < 1 || count < 1 ? '' : text.slice(from - 1, from - 1 + count)
    }
    if (word === 'index' && this.#at + 1 < this.#words.length) {
      const [text, characters] = [this.#primary(), this.#primary()]
      return String(text.split('').findIndex((character) => characters.includes(character)) + 1)
    }
    return word
  }
}

function compute(left: Bytes, operator: string, right: Bytes): Bytes {
  const isFalse = (text: Bytes) => text === '' || /^-?0+$/.test(text)
  switch (operator) {
    case '|':
      return isFalse(left) ? right : left
    case '&':
      return isFalse(left) || isFalse(right) ? '0' : left
    case ':':
      return matched(left, right)
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return String(calculate(integer(left), operator, integer(right)))
    default:
      return compare(left, operator, right) ? '1' : '0'
  }
}

function integer(text: Bytes): bigint {
  if (!/^-?\d+$/.test(text)) throw new ProgramError('non-integer argument', 2)
  return BigInt(text)
}

function calculate(left: bigint, operator: string, right: bigint): bigint {
  if (operator === '+') return left + right
  if (operator === '-') return left - right
  if (operator === '*') return left * right
  if (right === 0n) throw new ProgramError('division by zero', 2)
  return operator === '/' ? left / right : left % right
}

function compare(left: Bytes, operator: string, right: Bytes): boolean {
  const areNumbers = /^-?\d+$/.test(left) && /^-?\d+$/.test(right)
  const [a, b] = areNumbers ? [BigInt(left), BigInt(right)] : [left, right]
  switch (operator) {
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
    case '!=':
      return a !== b
    default:
      return a === b
  }
}

function matched(text: Bytes, pattern: Bytes): Bytes {
  const source = basicRegExp(pattern)
  const found = new RegExp(`^(?:${source})`).exec(text)
  const hasGroup = /\\\(/.test(pattern)
  if (hasGroup) return found?.[1] ?? ''
  return String(found?.[0].length ?? 0)
}
