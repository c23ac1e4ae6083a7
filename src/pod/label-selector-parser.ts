// The grammar of label selectors, with the API server's texts about mistakes.

import type { Operator, Requirement } from './label-selector.ts'
import { labelValueMistakes, qualifiedNameMistakes } from './names.ts'

/** A selector that cannot be read; `message` is the API server's. */
export class SelectorError extends Error {}

type TokenKind = 'end' | 'error' | 'identifier' | 'in' | 'notin' | (typeof SYMBOLS)[number]

interface Token {
  readonly kind: TokenKind
  readonly text: string
}

const SYMBOLS = ['!', '!=', '(', ')', ',', '<', '=', '==', '>'] as const
const SYMBOL_CHARACTERS = '=!(),><'
const BINARY_OPERATORS = 'in, notin, =, ==, !=, gt, lt'

/** The requirements in the order of the text. Throws SelectorError. Source: apimachinery pkg/labels/selector.go:Parser. */
export function parseRequirements(text: string): readonly Requirement[] {
  return new Parser(tokens(text)).requirements()
}

/** Walks the tokens once; the text ends in an endless row of `end` tokens. */
class Parser {
  readonly #tokens: readonly Token[]
  #next = 0

  constructor(list: readonly Token[]) {
    this.#tokens = list
  }

  requirements(): readonly Requirement[] {
    const found: Requirement[] = []
    for (;;) {
      const { kind, text } = this.#peek()
      if (kind === 'end') return found
      if (!startsRequirement(kind))
        throw new SelectorError(`found '${text}', expected: !, identifier, or 'end of string'`)
      found.push(this.#requirement())
      const after = this.#take()
      if (after.kind === 'end') return found
      if (after.kind !== ',')
        throw new SelectorError(`found '${after.text}', expected: ',' or 'end of string'`)
      const start = this.#peek()
      if (!startsRequirement(start.kind))
        throw new SelectorError(`found '${start.text}', expected: identifier after ','`)
    }
  }

  #requirement(): Requirement {
    const isNegated = this.#peek().kind === '!'
    if (isNegated) this.#take()
    const { kind, text: key } = this.#take()
    if (kind !== 'identifier') throw problem(`found '${key}', expected: identifier`)
    refuse(qualifiedNameMistakes(key), '<nil>', key)
    const isBare = this.#peek().kind === 'end' || this.#peek().kind === ','
    // `!key = value` parses, as `key = value`: the API server forgets the negation.
    if (isBare) return { key, operator: isNegated ? '!' : 'exists', values: [] }
    const operator = this.#operator()
    const values = operator === 'in' || operator === 'notin' ? this.#list() : [this.#exactValue()]
    return checked({ key, operator, values: [...new Set(values)].toSorted() })
  }

  #operator(): Operator {
    const { kind, text } = this.#take('operators')
    switch (kind) {
      case 'in':
      case 'notin':
      case '=':
      case '==':
      case '!=':
      case '<':
      case '>':
        return kind
      default:
        throw problem(`found '${text}', expected: ${BINARY_OPERATORS}`)
    }
  }

  #list(): readonly string[] {
    const open = this.#take()
    if (open.kind !== '(') throw problem(`found '${open.text}' expected: '('`)
    const first = this.#peek()
    if (first.kind === ')') {
      this.#take()
      return ['']
    }
    if (first.kind !== 'identifier' && first.kind !== ',')
      throw problem(`found '${first.text}', expected: ',', ')' or identifier`)
    const values = this.#identifiers()
    this.#take()
    return values
  }

  /** Up to, not including, the closing parenthesis; an empty place between commas is the empty value. */
  #identifiers(): readonly string[] {
    const values: string[] = []
    for (;;) {
      const { kind, text } = this.#take()
      if (kind === 'identifier') {
        values.push(text)
        const after = this.#peek()
        if (after.kind === ')') return values
        if (after.kind !== ',') throw problem(`found '${after.text}', expected: ',' or ')'`)
      } else if (kind === ',') {
        if (values.length === 0) values.push('')
        const after = this.#peek()
        if (after.kind === ')') return [...values, '']
        if (after.kind === ',') {
          this.#take()
          values.push('')
        }
      } else throw problem(`found '${text}', expected: ',', or identifier`)
    }
  }

  #exactValue(): string {
    const next = this.#peek()
    if (next.kind === 'end' || next.kind === ',') return ''
    this.#take()
    if (next.kind !== 'identifier') throw problem(`found '${next.text}', expected: identifier`)
    return next.text
  }

  /** `in` and `notin` are words like any other, but where an operator is due. */
  #peek(place: 'operators' | 'values' = 'values'): Token {
    const token = this.#tokens[this.#next] ?? { kind: 'end', text: '' }
    const isWord = place === 'values' && (token.kind === 'in' || token.kind === 'notin')
    return isWord ? { kind: 'identifier', text: token.text } : token
  }

  #take(place: 'operators' | 'values' = 'values'): Token {
    const token = this.#peek(place)
    this.#next++
    return token
  }
}

function startsRequirement(kind: TokenKind): boolean {
  return kind === 'identifier' || kind === '!'
}

function problem(text: string): SelectorError {
  return new SelectorError(`unable to parse requirement: ${text}`)
}

function refuse(mistakes: readonly string[], path: string, value: string): void {
  if (mistakes.length === 0) return
  throw problem(`${path}: Invalid value: ${JSON.stringify(value)}: ${mistakes.join('; ')}`)
}

function checked(requirement: Requirement): Requirement {
  const { key, operator, values } = requirement
  const isOrder = operator === '<' || operator === '>'
  for (const [index, value] of values.entries()) {
    const path = `values[${index}]`
    if (isOrder && !/^[+-]?\d+$/.test(value))
      refuse(["for 'Gt', 'Lt' operators, the value must be an integer"], path, value)
    refuse(labelValueMistakes(value), `${path}[${key}]`, value)
  }
  return requirement
}

function tokens(text: string): readonly Token[] {
  const found: Token[] = []
  let rest = text.trimStart()
  while (rest !== '') {
    const token = SYMBOL_CHARACTERS.includes(rest.charAt(0)) ? symbol(rest) : word(rest)
    found.push(token)
    rest = rest.slice(token.text.length).trimStart()
  }
  return found
}

/** The longest symbol at the start; every single character of the alphabet is one. */
function symbol(rest: string): Token {
  const two = SYMBOLS.find((candidate) => candidate === rest.slice(0, 2))
  const one = SYMBOLS.find((candidate) => candidate === rest.charAt(0))
  return { kind: two ?? one ?? 'error', text: two ?? rest.charAt(0) }
}

function word(rest: string): Token {
  const text = /^[^=!(),><\s]+/.exec(rest)?.[0] ?? rest
  return { kind: text === 'in' || text === 'notin' ? text : 'identifier', text }
}
