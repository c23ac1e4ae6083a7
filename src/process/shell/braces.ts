// Brace expansion of bash: `{a,b}` and `{1..3}` become several words, before anything else is expanded.

import { parse, type Word } from 'unbash'

const cache = new Map<string, readonly Word[]>()
const MOST_CACHED = 1_000

/** The words that one word stands for; itself where there are no braces. */
export function expandBraces(word: Word): readonly Word[] {
  if (!word.parts?.some((part) => part.type === 'BraceExpansion')) return [word]
  let words = cache.get(word.text)
  if (!words) {
    if (cache.size >= MOST_CACHED) cache.clear()
    words = alternatives(word).map(wordOf)
    cache.set(word.text, words)
  }
  return words
}

function alternatives(word: Word): readonly string[] {
  let texts = ['']
  for (const part of word.parts ?? []) {
    const choices = part.type === 'BraceExpansion' ? choicesOf(part.text) : [part.text]
    texts = texts.flatMap((text) => choices.map((choice) => text + choice))
  }
  return texts
}

function choicesOf(text: string): readonly string[] {
  const inner = text.slice(1, -1)
  const range = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/.exec(inner)
  if (range) return rangeOf(range[1] as string, range[2] as string, range[3])
  return splitAtCommas(inner).flatMap((choice) => alternatives(wordOf(choice)))
}

function rangeOf(from: string, to: string, by: string | undefined): readonly string[] {
  const isNumeric = /\d$/.test(from)
  const [first, last] = isNumeric ? [Number(from), Number(to)] : [from.charCodeAt(0), to.charCodeAt(0)]
  const step = Math.abs(Number(by ?? 1)) || 1
  const width = /^-?0\d/.test(from) || /^-?0\d/.test(to) ? Math.max(from.length, to.length) : 0
  return Array.from({ length: Math.floor(Math.abs(last - first) / step) + 1 }, (_, index) => {
    const value = first + (last < first ? -step : step) * index
    return isNumeric ? String(value).padStart(width, '0') : String.fromCharCode(value)
  })
}

function splitAtCommas(text: string): readonly string[] {
  const choices = ['']
  let depth = 0
  for (const char of text) {
    if (char === '{') depth++
    if (char === '}') depth--
    if (char === ',' && depth === 0) choices.push('')
    else choices[choices.length - 1] += char
  }
  return choices
}

function wordOf(text: string): Word {
  const command = parse(`: ${text === '' ? "''" : text}`).commands[0]?.command
  const word = command?.type === 'Command' ? command.args[0] : undefined
  if (word?.type !== 'Word') throw new Error(`${text} is not a word`)
  return word
}
