// Where the pieces of an expanded word go: into fields, into one text, or into a pattern.

import type { Bytes } from '../bytes.ts'
import { literalPattern } from './pattern.ts'

/** Takes the pieces of a word in order. */
export interface Pieces {
  /** Characters that mean themselves. */
  quoted(text: Bytes): void
  /** Characters of the script with a meaning in patterns. */
  magic(text: Bytes): void
  /** The result of an expansion outside of quotes: it is split, and may hold patterns. */
  loose(text: Bytes): void
  /** The border between two positional parameters of "$@" (or of $* outside of quotes). */
  border(): void
}

/** A field, with its pattern if pathname expansion may apply. */
export interface Field {
  readonly text: Bytes
  readonly pattern: string | undefined
}

/** Splits into fields at the characters of IFS (POSIX, Field Splitting). */
export class Fields implements Pieces {
  #separators: string
  #fields: Field[] = []
  #text: Bytes | undefined
  #pattern = ''
  #isMagic = false
  #hasJustSplitAtSpace = false

  constructor(separators: string) {
    this.#separators = separators
  }

  quoted(text: Bytes): void {
    this.#hasJustSplitAtSpace = false
    if (this.#isMagic) this.#pattern += literalPattern(text)
    this.#text = (this.#text ?? '') + text
  }

  magic(text: Bytes, pattern = text): void {
    this.#hasJustSplitAtSpace = false
    if (!this.#isMagic) this.#pattern = literalPattern(this.#text ?? '')
    this.#isMagic = true
    this.#pattern += pattern
    this.#text = (this.#text ?? '') + text
  }

  loose(text: Bytes): void {
    for (let i = 0; i < text.length;) {
      const start = i
      while (i < text.length && !this.#separators.includes(text[i] as string)) i++
      if (i > start) this.#append(text.slice(start, i))
      if (i < text.length) this.#split(text[i++] as string)
    }
  }

  border(): void {
    this.#end()
    this.#hasJustSplitAtSpace = false
  }

  finish(): readonly Field[] {
    this.#end()
    return this.#fields
  }

  #append(text: Bytes): void {
    if (/[*?[]/.test(text)) this.magic(text, text.replaceAll('\\', '\\\\'))
    else this.quoted(text)
  }

  #split(separator: string): void {
    const isSpace = separator === ' ' || separator === '\t' || separator === '\n'
    if (this.#text !== undefined) {
      this.#end()
      this.#hasJustSplitAtSpace = isSpace
    } else if (!isSpace) {
      // A separator with space before it is one separator; two in a row hold an empty field between them.
      if (!this.#hasJustSplitAtSpace) this.#fields.push({ text: '', pattern: undefined })
      this.#hasJustSplitAtSpace = false
    }
  }

  #end(): void {
    if (this.#text === undefined) return
    this.#fields.push({ text: this.#text, pattern: this.#isMagic ? this.#pattern : undefined })
    this.#text = undefined
    this.#pattern = ''
    this.#isMagic = false
  }
}

/** Joins everything to one text: assignments, here-documents, targets of redirections. */
export class Text implements Pieces {
  value = ''

  quoted(text: Bytes): void {
    this.value += text
  }

  magic(text: Bytes): void {
    this.value += text
  }

  loose(text: Bytes): void {
    this.value += text
  }

  border(): void {
    this.value += ' '
  }
}

/** Joins to one pattern: `case`, `${x#...}`. Quoted characters mean themselves. */
export class PatternText implements Pieces {
  value = ''

  quoted(text: Bytes): void {
    this.value += literalPattern(text)
  }

  magic(text: Bytes): void {
    this.value += text
  }

  loose(text: Bytes): void {
    this.value += text
  }

  border(): void {
    this.value += ' '
  }
}
