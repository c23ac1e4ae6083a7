// Reads the literals that a claim on a page may have as arguments: JavaScript's texts, numbers, lists and plain objects.

/** A value that was written down. */
export type Literal =
  string | number | boolean | null | readonly Literal[] | { readonly [key: string]: Literal }

/** A claim that cannot be read: the message says what was expected, and at which character. */
export class ClaimSyntaxError extends Error {}

/** A place in the text of a claim, which moves forward as the text is read. */
export class Cursor {
  #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Whether nothing but blanks is left. */
  get isAtEnd(): boolean {
    this.#skipBlanks()
    return this.#at >= this.#text.length
  }

  /** Takes `word` if it is what comes next. */
  takes(word: string): boolean {
    this.#skipBlanks()
    if (!this.#text.startsWith(word, this.#at)) return false
    this.#at += word.length
    return true
  }

  /** Takes what `pattern` (sticky) matches here; undefined when it matches nothing. */
  match(pattern: RegExp): string | undefined {
    this.#skipBlanks()
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    this.#at += found?.length ?? 0
    return found
  }

  /** The error of somebody who expected something else here. */
  expected(what: string): ClaimSyntaxError {
    const rest = this.#text.slice(this.#at, this.#at + 20)
    return new ClaimSyntaxError(`expected ${what} at character ${this.#at + 1}, before "${rest}"`)
  }

  #skipBlanks(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++
  }
}

/** Reads the arguments of a call, the opening parenthesis being read already. Throws ClaimSyntaxError. */
export function readArguments(cursor: Cursor): Literal[] {
  return readList(cursor, ')', () => readLiteral(cursor))
}

function readLiteral(cursor: Cursor): Literal {
  const word = cursor.match(/(?:true|false|null)\b/y)
  if (word !== undefined) return JSON.parse(word) as boolean | null
  const number = cursor.match(/-?(?:\d[\d_]*)(?:\.\d+)?/y)
  if (number !== undefined) return Number(number.replaceAll('_', ''))
  const text = cursor.match(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/y)
  if (text !== undefined) return unquoted(text)
  if (cursor.takes('[')) return readList(cursor, ']', () => readLiteral(cursor))
  if (cursor.takes('{')) return Object.fromEntries(readList(cursor, '}', () => readEntry(cursor)))
  throw cursor.expected('a text, a number, true, false, a list or an object')
}

function readEntry(cursor: Cursor): [string, Literal] {
  const key = cursor.match(/[A-Za-z_]\w*/y) ?? cursor.match(/'[^'\\\n]*'|"[^"\\\n]*"/y)?.slice(1, -1)
  if (key === undefined) throw cursor.expected('the name of a field')
  if (!cursor.takes(':')) throw cursor.expected('a colon')
  return [key, readLiteral(cursor)]
}

/** Entries up to `close`, with commas between; one more comma may stand at the end. */
function readList<T>(cursor: Cursor, close: string, readEntryOf: () => T): T[] {
  const entries: T[] = []
  while (!cursor.takes(close)) {
    if (entries.length > 0 && !cursor.takes(',')) throw cursor.expected(`a comma or ${close}`)
    if (cursor.takes(close)) break
    entries.push(readEntryOf())
  }
  return entries
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter)
}
