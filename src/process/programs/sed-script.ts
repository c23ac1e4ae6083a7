// From the text of a sed script to its commands.

import type { Bytes } from '../bytes.ts'
import { ProgramError } from '../program-error.ts'
import { basicRegExp, compile, extendedRegExp } from './regexp.ts'

/** Which lines a command is for. */
export type Address =
  | { readonly kind: 'line'; readonly number: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'match'; readonly expression: RegExp }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  | { readonly kind: 'offset'; readonly count: number }

/** A command with its addresses. */
export interface SedCommand {
  readonly from: Address | undefined
  readonly to: Address | undefined
  readonly isNegated: boolean
  readonly name: string
  /** The text of a, i, c; the label of b, t, T; the status of q. */
  readonly text: Bytes
  readonly substitution?: Substitution
  readonly translation?: ReadonlyMap<string, string>
  /** The commands of a group. */
  readonly commands?: readonly SedCommand[]
}

export interface Substitution {
  readonly expression: RegExp
  readonly replacement: Bytes
  readonly isGlobal: boolean
  readonly prints: boolean
  /** Only the n-th match. */
  readonly occurrence: number
}

/** @throws ProgramError for what is not understood */
export function parseSedScript(text: Bytes, isExtended: boolean): readonly SedCommand[] {
  return new Parser(text, isExtended).commands(false)
}

class Parser {
  #text: Bytes
  #at = 0
  #isExtended: boolean

  constructor(text: Bytes, isExtended: boolean) {
    this.#text = text
    this.#isExtended = isExtended
  }

  commands(isGroup: boolean): readonly SedCommand[] {
    const commands: SedCommand[] = []
    for (;;) {
      this.#skip(/[\s;]*/y)
      if (this.#at >= this.#text.length) {
        if (isGroup) throw new ProgramError('unmatched {')
        return commands
      }
      if (this.#text[this.#at] === '}') {
        this.#at++
        if (!isGroup) throw new ProgramError('unexpected }')
        return commands
      }
      if (this.#text[this.#at] === '#') this.#skip(/[^\n]*/y)
      else commands.push(this.#command())
    }
  }

  #command(): SedCommand {
    const from = this.#address()
    const to = from && this.#skip(/\s*,\s*/y) !== '' ? this.#address() : undefined
    this.#skip(/\s*/y)
    const isNegated = this.#skip(/!\s*/y) !== ''
    const name = this.#text[this.#at++] ?? ''
    const common = { from, to, isNegated, name, text: '' }
    if (name === 's') return { ...common, substitution: this.#substitution() }
    if (name === 'y') return { ...common, translation: this.#translation() }
    if (name === '{') return { ...common, commands: this.commands(true) }
    if ('aic'.includes(name) && name !== '') return { ...common, text: this.#block() }
    if (':btT'.includes(name) && name !== '') return { ...common, text: this.#skip(/[^\n;}]*/y).trim() }
    if (name === 'q') return { ...common, text: this.#skip(/\s*\d*/y).trim() }
    if (name !== '' && 'dpP=nNDGgHhx'.includes(name)) return common
    throw new ProgramError(`unsupported command ${name}`)
  }

  #address(): Address | undefined {
    const step = /(\d+)~(\d+)/y
    const stepped = this.#match(step)
    if (stepped) return { kind: 'step', first: Number(stepped[1]), step: Number(stepped[2]) }
    const number = this.#skip(/\d+/y)
    if (number !== '') return { kind: 'line', number: Number(number) }
    const offset = this.#skip(/\+\d+/y)
    if (offset !== '') return { kind: 'offset', count: Number(offset) }
    if (this.#skip(/\$/y) !== '') return { kind: 'last' }
    const char = this.#text[this.#at]
    if (char !== '/' && char !== '\\') return undefined
    this.#at += char === '/' ? 0 : 1
    const pattern = this.#delimited(this.#text[this.#at++] as string)
    const flags = this.#skip(/I/y) === '' ? '' : 'i'
    return { kind: 'match', expression: this.#expression(pattern, flags) }
  }

  #substitution(): Substitution {
    const delimiter = this.#text[this.#at++]
    if (delimiter === undefined) throw new ProgramError('bad option in substitution expression')
    const pattern = this.#delimited(delimiter)
    const replacement = this.#delimited(delimiter)
    const flags = this.#skip(/[gpiI\d]*/y)
    return {
      expression: this.#expression(pattern, /[iI]/.test(flags) ? 'gi' : 'g'),
      replacement,
      isGlobal: flags.includes('g'),
      prints: flags.includes('p'),
      occurrence: Number(/\d+/.exec(flags)?.[0] ?? 1),
    }
  }

  #translation(): ReadonlyMap<string, string> {
    const delimiter = this.#text[this.#at++] ?? '/'
    const [from, to] = [this.#delimited(delimiter), this.#delimited(delimiter)]
    if (from.length !== to.length) throw new ProgramError("strings for 'y' command are different lengths")
    return new Map(from.split('').map((char, index) => [char, to[index] as string]))
  }

  /** Text up to the delimiter; an escaped delimiter is the character itself. */
  #delimited(delimiter: string): Bytes {
    let text = ''
    for (let isBracket = false; ; this.#at++) {
      const char = this.#text[this.#at]
      if (char === undefined) throw new ProgramError(`unmatched '${delimiter}'`)
      if (char === delimiter && !isBracket) break
      if (char === '\\') {
        const next = this.#text[++this.#at] ?? ''
        text += next === delimiter ? next : `\\${next}`
        continue
      }
      if (char === '[') isBracket = true
      if (char === ']' && !/\[\^?$/.test(text)) isBracket = false
      text += char
    }
    this.#at++
    return text
  }

  /** The text of a, i and c: the rest of the line, or the lines after a backslash. */
  #block(): Bytes {
    this.#skip(/[ \t]*(?:\\\n)?[ \t]*/y)
    const text = this.#skip(/(?:\\[^]|[^\n\\])*/y)
    return `${text.replace(/\\([^])/g, '$1')}\n`
  }

  #expression(pattern: Bytes, flags: string): RegExp {
    return compile(this.#isExtended ? extendedRegExp(pattern) : basicRegExp(pattern), `${flags}s`)
  }

  #match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at
    const found = expression.exec(this.#text)
    if (found) this.#at += found[0].length
    return found
  }

  #skip(expression: RegExp): string {
    return this.#match(expression)?.[0] ?? ''
  }
}
