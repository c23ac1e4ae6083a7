// Cuts a line into words, and tells which of them are volatile: different in every run, though the claim is the same.

import type { VolatileKind } from './bindings.ts'

export type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'blank' }
  | { readonly kind: 'elision' }
  | { readonly kind: 'duration'; readonly text: string; readonly ms: number; readonly stepMs: number }
  | { readonly kind: VolatileKind; readonly text: string }

type TokenForm = readonly [kind: VolatileKind | 'duration' | 'elision' | 'blank', pattern: RegExp]

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)'

/** A span of time as kubectl (`5m4s`), docker (`6 minutes`) and `time` (`0m20.685s`) write it. */
const SPAN = String.raw`(?:(?:\d+(?:\.\d+)?(?:ms|[ydhms]))+|(?:\d+|[Aa]n?|[Ll]ess than a|[Aa]bout an?) (?:second|minute|hour|day|week|month|year)s?)(?![0-9A-Za-z])`

/** The forms, the longest first: the first that matches at a place is taken. All are sticky. */
const FORMS: readonly TokenForm[] = [
  ['blank', /\s+/y],
  ['elision', /\[(?:\.\.\.|…|snip|truncated|output truncated)\]|<(?:\.\.\.|snip)>|\.\.\.|…/y],
  ['instant', /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z| ?[+-]\d\d:?\d\d(?: [A-Z]{3,4})?)?/y],
  ['instant', new RegExp(`${DAY}, \\d\\d ${MONTH} \\d{4} \\d\\d:\\d\\d:\\d\\d [+-]\\d{4}`, 'y')],
  ['instant', new RegExp(`${DAY} ${MONTH} +\\d{1,2} \\d\\d:\\d\\d:\\d\\d (?:[A-Z]{3,4} )?\\d{4}`, 'y')],
  // What `ls -l` tells of a file beside its name: links, the size of a folder, the date.
  ['instant', new RegExp(`(?<=\\s)${MONTH} +\\d{1,2} +(?:\\d\\d:\\d\\d|\\d{4})(?=\\s)`, 'y')],
  ['instant', /(?<=^[dl][r-][w-][xSs-][r-][w-][xSs-][r-][w-][xTt-]\S*\s+)\d+(?=\s)/y],
  ['instant', /(?<=^d\S{9,10}\s+\d+\s+\S+\s+\S+\s+)\d+(?=\s)/y],
  ['uid', /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/y],
  ['digest', /sha256:[0-9a-f]{6,64}/y],
  ['id', /(?:containerd|docker|cri-o):\/\/[0-9a-f]{6,64}/y],
  ['id', /(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{12,64}(?![0-9A-Za-z])/y],
  ['address', /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![.\d])/y],
  // A span of time only where the words around it say so: `100m` alone is a quantity.
  ['duration', new RegExp(`${SPAN}(?= ago\\b)`, 'y')],
  ['duration', new RegExp(`(?<=\\b(?:Up|over|lasts|image "[^"]*" in) )${SPAN}`, 'y')],
  ['duration', new RegExp(`(?<=\\()${SPAN}(?= including waiting)`, 'y')],
  ['duration', new RegExp(`(?<=^(?:real|user|sys)\\s+)${SPAN}$`, 'y')],
  [
    'suffix',
    /(?<=-)(?:[bcdfghjklmnpqrstvwxz2456789]{6,10}-)?[bcdfghjklmnpqrstvwxz2456789]{5}(?![0-9A-Za-z-])/y,
  ],
  ['nodePort', /(?<=:)3[0-2]\d{3}(?!\d)/y],
]

/** A word of text: letters and digits together, everything else a character at a time. */
const WORD = /[0-9A-Za-z]+|[^0-9A-Za-z\s]/y

/** The tokens of a line, blanks at its ends left out. */
export function tokenize(line: string): Token[] {
  const tokens: Token[] = []
  const text = line.trim()
  let index = 0
  while (index < text.length) {
    const token = tokenAt(text, index)
    tokens.push(token.token)
    index += token.length
  }
  return tokens
}

function tokenAt(text: string, index: number): { token: Token; length: number } {
  const isInsideWord =
    index > 0 && /[0-9A-Za-z]/.test(text[index - 1] ?? '') && /[0-9A-Za-z]/.test(text[index] ?? '')
  for (const [kind, pattern] of isInsideWord ? [] : FORMS) {
    pattern.lastIndex = index
    const match = pattern.exec(text)?.[0]
    if (match) return { token: tokenOf(kind, match), length: match.length }
  }
  WORD.lastIndex = index
  const word = WORD.exec(text)?.[0] ?? text.slice(index, index + 1)
  return { token: { kind: 'text', text: word }, length: word.length }
}

function tokenOf(kind: TokenForm[0], text: string): Token {
  if (kind === 'blank' || kind === 'elision') return { kind }
  return kind === 'duration' ? { kind, text, ...durationOf(text) } : { kind, text }
}

/** A text that is a span of time as a whole, such as a cell of the column AGE; undefined when it is none. */
export function spanToken(text: string): Extract<Token, { kind: 'duration' }> | undefined {
  return new RegExp(`^${SPAN}$`).test(text) ? { kind: 'duration', text, ...durationOf(text) } : undefined
}

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  y: 31_536_000_000,
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  month: 2_592_000_000,
  year: 31_536_000_000,
}

const SPAN_PART =
  /(\d+(?:\.\d+)?)(ms|[ydhms])(?![a-z])|(\d+|[Aa]n?|[Ll]ess than a|[Aa]bout an?) (second|minute|hour|day|week|month|year)/g

/** A duration's length, and the step in which it was told: `5m4s` is exact to a second, `6 minutes` to a minute. */
function durationOf(text: string): { ms: number; stepMs: number } {
  let ms = 0
  let stepMs = Infinity
  for (const [, number, letter, count, word] of text.matchAll(SPAN_PART)) {
    const unitMs = UNIT_MS[letter ?? word ?? ''] ?? 0
    const decimals = /\.(\d+)/.exec(number ?? '')?.[1]?.length ?? 0
    const amount = Number(number ?? count)
    ms += (Number.isNaN(amount) ? 1 : amount) * unitMs
    stepMs = Math.min(stepMs, unitMs / 10 ** decimals)
  }
  return { ms: Math.round(ms), stepMs }
}
