// Shell patterns: `*`, `?`, `[a-z]`, with backslashes before what is meant literally.

const cache = new Map<string, RegExp>()
const MOST_CACHED = 1_000

/** Whether a whole text matches a pattern (fnmatch(3) without flags). */
export function matches(pattern: string, text: string): boolean {
  return patternRegExp(pattern).test(text)
}

/** A pattern as a regular expression for a whole text. */
export function patternRegExp(pattern: string): RegExp {
  let expression = cache.get(pattern)
  if (!expression) {
    if (cache.size >= MOST_CACHED) cache.clear()
    expression = new RegExp(`^(?:${patternSource(pattern)})$`, 's')
    cache.set(pattern, expression)
  }
  return expression
}

/** Whether a pattern has anything but literal characters. */
export function isMagic(pattern: string): boolean {
  return /[*?[]/.test(pattern.replace(/\\./gs, ''))
}

/** A text as a pattern that matches it alone. */
export function literalPattern(text: string): string {
  return text.replace(/[*?[\]\\!^-]/g, '\\$&')
}

/** What a pattern without magic matches. */
export function unescapePattern(pattern: string): string {
  return pattern.replace(/\\(.)/gs, '$1')
}

/** The source of a regular expression; `*` is `.*`, or lazy for the shortest match. */
export function patternSource(pattern: string, isLazy = false): string {
  let source = ''
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] as string
    if (char === '\\' && i + 1 < pattern.length) source += escapeRegExp(pattern[++i] as string)
    else if (char === '*') source += isLazy ? '.*?' : '.*'
    else if (char === '?') source += '.'
    else if (char === '[') {
      const bracket = bracketAt(pattern, i)
      source += bracket?.source ?? '\\['
      if (bracket) i = bracket.end - 1
    } else source += escapeRegExp(char)
  }
  return source
}

/** A bracket expression, if one starts at `start`. */
function bracketAt(pattern: string, start: number): { source: string; end: number } | undefined {
  let i = start + 1
  const isNegated = pattern[i] === '!' || pattern[i] === '^'
  if (isNegated) i++
  let source = ''
  for (const first = i; i < pattern.length; i++) {
    const char = pattern[i] as string
    if (char === ']' && i > first) return { source: `[${isNegated ? '^' : ''}${source}]`, end: i + 1 }
    const named = /^\[:(\w+):\]/.exec(pattern.slice(i))
    if (named) {
      source += classes[named[1] as string] ?? ''
      i += named[0].length - 1
    } else if (char === '\\' && i + 1 < pattern.length) source += escapeInBracket(pattern[++i] as string)
    else if (char === '-') source += i === first || pattern[i + 1] === ']' ? '\\-' : '-'
    else source += escapeInBracket(char)
  }
  return undefined
}

/** Character classes, as they are written inside the brackets of a regular expression. */
export const classes: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
}

function escapeRegExp(char: string): string {
  return char.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

function escapeInBracket(char: string): string {
  return char.replace(/[\\\]^[-]/g, '\\$&')
}
