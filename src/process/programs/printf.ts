// printf: a format, applied to its arguments until none is left.

import type { Bytes } from '../bytes.ts'
import { write } from '../io.ts'
import type { Program } from '../program.ts'
import { unescape } from './escapes.ts'

/** What printf prints, what it complains of, and its exit status. */
export interface Printed {
  readonly text: Bytes
  readonly complaints: readonly string[]
  readonly status: number
}

const directive =
  /%(?<flags>[-+ 0#]*)(?<width>\*|\d+)?(?:\.(?<precision>\*|\d+)?)?(?:l{0,2}|h{0,2})(?<kind>[a-zA-Z%])/y

/** Formats as busybox does: the format is used again while there are arguments. */
export function printed([format, ...words]: readonly Bytes[]): Printed {
  if (format === undefined) return { text: '', complaints: ['usage: printf FORMAT [ARG]...'], status: 1 }
  const printer = new Printer(words)
  do {
    if (!printer.round(format)) break
  } while (printer.hasMore)
  return printer
}

/** One run of printf: the arguments left, and what has been printed. */
class Printer implements Printed {
  text = ''
  complaints: string[] = []
  status = 0
  #words: readonly Bytes[]
  #at = 0
  #roundStart = 0

  constructor(words: readonly Bytes[]) {
    this.#words = words
  }

  /** Whether another round would use up arguments. */
  get hasMore(): boolean {
    return this.#at < this.#words.length && this.#at > this.#roundStart
  }

  /** Prints the format once; false if everything is to stop (`\c`). */
  round(format: Bytes): boolean {
    this.#roundStart = this.#at
    for (let i = 0; i < format.length;) {
      directive.lastIndex = i
      const found = format[i] === '%' ? directive.exec(format) : null
      if (found?.groups) {
        i += found[0].length
        if (!this.#convert(found.groups)) return false
        continue
      }
      const end = format.indexOf('%', i + 1)
      const { text, isCut } = unescape(format.slice(i, end < 0 ? undefined : end), 'printf')
      this.text += text
      if (isCut) return false
      i = end < 0 ? format.length : end
    }
    return true
  }

  #convert({ flags = '', width, precision, kind = '' }: Record<string, string | undefined>): boolean {
    if (kind === '%') {
      this.text += '%'
      return true
    }
    const wide = width === '*' ? this.#number(this.#next()) : Number(width ?? 0)
    const exact =
      precision === '*' ? this.#number(this.#next()) : precision === undefined ? undefined : Number(precision)
    const word = this.#next()
    if (kind === 'b') {
      const { text, isCut } = unescape(word ?? '', 'echo')
      this.text += padded(text, flags, wide)
      return !isCut
    }
    this.text += padded(
      this.#formatted(kind, word, flags, exact),
      flags.replace(exact === undefined ? '' : '0', ''),
      wide,
    )
    return true
  }

  #formatted(kind: string, word: Bytes | undefined, flags: string, precision: number | undefined): Bytes {
    switch (kind) {
      case 's':
        return (word ?? '').slice(0, precision)
      case 'c':
        return (word ?? '').slice(0, 1)
      case 'd':
      case 'i': {
        const value = this.#integer(word)
        const sign = value < 0n ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
        return sign + (value < 0n ? -value : value).toString().padStart(precision ?? 0, '0')
      }
      case 'u':
        return BigInt.asUintN(64, this.#integer(word))
          .toString()
          .padStart(precision ?? 0, '0')
      case 'o':
        return (
          (flags.includes('#') ? '0' : '') +
          BigInt.asUintN(64, this.#integer(word))
            .toString(8)
            .padStart(precision ?? 0, '0')
        )
      case 'x':
      case 'X': {
        const digits = BigInt.asUintN(64, this.#integer(word))
          .toString(16)
          .padStart(precision ?? 0, '0')
        const text = flags.includes('#') ? `0x${digits}` : digits
        return kind === 'X' ? text.toUpperCase() : text
      }
      case 'e':
      case 'f':
      case 'g':
        return floating(kind, this.#number(word), precision ?? 6)
      default:
        this.#complain(`%${kind}: invalid format`)
        return ''
    }
  }

  #next(): Bytes | undefined {
    return this.#words[this.#at++]
  }

  /** A number, or the code of a character after a quote. */
  #integer(word: Bytes | undefined): bigint {
    if (word === undefined) {
      this.#complain("invalid number ''")
      return 0n
    }
    if (/^["']/.test(word)) return BigInt(word.charCodeAt(1) || 0)
    const found = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(word)
    if (!found || found[0].length < word.length) this.#complain(`invalid number '${word}'`)
    if (!found) return 0n
    const digits = found[2] as string
    const value = /^0[0-7]+$/.test(digits) ? BigInt(`0o${digits.slice(1)}`) : BigInt(digits)
    return found[1] === '-' ? -value : value
  }

  #number(word: Bytes | undefined): number {
    const value = Number(word ?? 0)
    if (Number.isFinite(value)) return value
    this.#complain(`invalid number '${word}'`)
    return 0
  }

  #complain(text: string): void {
    this.complaints.push(text)
    this.status = 1
  }
}

function padded(text: Bytes, flags: string, width: number): Bytes {
  if (flags.includes('-') || width < 0) return text.padEnd(Math.abs(width))
  if (!flags.includes('0')) return text.padStart(width)
  const sign = /^[-+ ]/.exec(text)?.[0] ?? ''
  return sign + text.slice(sign.length).padStart(width - sign.length, '0')
}

function floating(kind: 'e' | 'f' | 'g', value: number, precision: number): Bytes {
  if (kind === 'f') return value.toFixed(precision)
  if (kind === 'e') return value.toExponential(precision).replace(/e([-+])(\d)$/, 'e$10$2')
  return String(Number(value.toPrecision(precision || 1)))
}

export const printf: Program = {
  name: 'printf',
  *run(task) {
    const { text, complaints, status } = printed(task.argv.slice(1))
    for (const complaint of complaints) yield* write(task, 2, `printf: ${complaint}\n`)
    yield* write(task, 1, text)
    return status
  },
}
