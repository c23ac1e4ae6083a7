// JSON as Go reads it: with Go's words for what is wrong, the keys that come twice, and numbers as they were written.

import type { FieldPath } from '../../store/field-error.ts'

/** What a text says, and what a plain JSON.parse would not tell of it. */
export interface ReadText {
  readonly value: unknown
  /** Where a key came twice, in the order of the text. The last one counts. */
  readonly duplicates: readonly FieldPath[]
  /** Numbers that a double cannot tell apart from others (1.0, 9223372036854775808), as they were written, by their place. */
  readonly oddNumbers: ReadonlyMap<FieldPath, string>
}

/** A text that is no JSON; `message` is that of Go's encoding/json. */
export class JsonTextError extends Error {}

export function readJsonText(text: string): ReadText {
  const reader = new Reader(text)
  const value = reader.whole()
  return { value, duplicates: reader.duplicates, oddNumbers: reader.oddNumbers }
}

/** The place of a field in an object: `spec.containers`, at the top just its name. */
export function fieldAt(path: FieldPath, name: string): FieldPath {
  return path ? `${path}.${name}` : name
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '/': '/',
  '\\': '\\',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

const NUMBER = /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y
const PLAIN_TEXT = /(?:(?!["\\])[ -\uffff])*/y

class Reader {
  readonly duplicates: FieldPath[] = []
  readonly oddNumbers = new Map<FieldPath, string>()
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  whole(): unknown {
    const value = this.#value('')
    this.#skipSpace()
    if (this.#at < this.#text.length) this.#fail('after top-level value')
    return value
  }

  #value(path: FieldPath): unknown {
    this.#skipSpace()
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(path)
      case '[':
        return this.#list(path)
      case '"':
        return this.#string()
      case 't':
        return this.#word('true', true)
      case 'f':
        return this.#word('false', false)
      case 'n':
        return this.#word('null', null)
      default:
        return this.#number(path)
    }
  }

  #object(path: FieldPath): Record<string, unknown> {
    const object: Record<string, unknown> = {}
    this.#at++
    if (this.#isNext('}')) return object
    for (;;) {
      if (this.#peek() !== '"') this.#fail('looking for beginning of object key string')
      const key = this.#string()
      if (this.#peek() !== ':') this.#fail('after object key')
      this.#at++
      const field = fieldAt(path, key)
      if (Object.hasOwn(object, key)) this.duplicates.push(field)
      define(object, key, this.#value(field))
      if (this.#isNext('}')) return object
      if (this.#peek() !== ',') this.#fail('after object key:value pair')
      this.#at++
    }
  }

  #list(path: FieldPath): unknown[] {
    const list: unknown[] = []
    this.#at++
    if (this.#isNext(']')) return list
    for (;;) {
      list.push(this.#value(`${path}[${list.length}]`))
      if (this.#isNext(']')) return list
      if (this.#peek() !== ',') this.#fail('after array element')
      this.#at++
    }
  }

  #string(): string {
    this.#at++
    let text = ''
    for (;;) {
      PLAIN_TEXT.lastIndex = this.#at
      const plain = PLAIN_TEXT.exec(this.#text)?.[0] ?? ''
      text += plain
      this.#at += plain.length
      const sign = this.#text[this.#at]
      if (sign === '"') {
        this.#at++
        return text
      }
      if (sign !== '\\') this.#fail('in string literal')
      text += this.#escape()
    }
  }

  #escape(): string {
    this.#at++
    const sign = this.#text[this.#at] ?? ''
    if (sign === 'u') {
      const digits = this.#text.slice(this.#at + 1, this.#at + 5)
      const good = /^[0-9a-fA-F]*/.exec(digits)?.[0].length ?? 0
      if (good < 4) {
        this.#at += 1 + good
        this.#fail(String.raw`in \u hexadecimal character escape`)
      }
      this.#at += 5
      return String.fromCharCode(parseInt(digits, 16))
    }
    const meant = ESCAPES[sign]
    if (meant === undefined) this.#fail('in string escape code')
    this.#at++
    return meant
  }

  #word<T>(word: string, value: T): T {
    for (let i = 1; i < word.length; i++) {
      if (this.#text[this.#at + i] === word[i]) continue
      this.#at += i
      this.#fail(`in literal ${word} (expecting ${quotedSign(word[i] ?? '')})`)
    }
    this.#at += word.length
    return value
  }

  #number(path: FieldPath): number {
    NUMBER.lastIndex = this.#at
    const found = NUMBER.exec(this.#text)?.[0]
    if (found === undefined) {
      if (this.#text[this.#at] !== '-') this.#fail('looking for beginning of value')
      this.#at++
      this.#fail('in numeric literal')
    }
    this.#at += found.length
    const value = Number(found)
    if (String(value) !== found) this.oddNumbers.set(path, found)
    return value
  }

  #isNext(sign: string): boolean {
    if (this.#peek() !== sign) return false
    this.#at++
    return true
  }

  #peek(): string | undefined {
    this.#skipSpace()
    return this.#text[this.#at]
  }

  #skipSpace(): void {
    while (this.#at < this.#text.length && ' \t\r\n'.includes(this.#text[this.#at] as string)) this.#at++
  }

  #fail(where: string): never {
    const sign = this.#text[this.#at]
    if (sign === undefined) throw new JsonTextError('unexpected end of JSON input')
    throw new JsonTextError(`invalid character ${quotedSign(sign)} ${where}`)
  }
}

/** `__proto__` must become a field like any other. */
function define(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
  else object[key] = value
}

/** A character as Go's quoteChar writes it. */
function quotedSign(sign: string): string {
  if (sign === "'") return String.raw`'\''`
  if (sign === '"') return `'"'`
  return `'${JSON.stringify(sign).slice(1, -1)}'`
}
