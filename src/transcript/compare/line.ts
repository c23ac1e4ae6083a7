// Compares one line of the page with one line of the replay, word by word.

import type { Bindings, VolatileKind } from './bindings.ts'
import { type Token, tokenize } from './token.ts'

/** What a comparison knows beside the two texts. */
export interface Surroundings {
  /** The names of the cluster's nodes: the page calls them otherwise. */
  readonly nodeNames: readonly string[]
  /** The namespace of the replay, for which the page says `default`. */
  readonly namespace: string
  /** Whether a span of time on the page agrees with the one that was seen. */
  spansAgree(page: Span, seen: Span): boolean
}

/** A span of time as it was told: `6 minutes` has a step of a minute. */
export interface Span {
  readonly ms: number
  readonly stepMs: number
}

/** The bindings under which the two lines say the same; undefined when they do not. Amounts of blanks do not count. */
export function unifyLine(
  page: string,
  seen: string,
  bindings: Bindings,
  surroundings: Surroundings,
): Bindings | undefined {
  if (page.trim() === seen.trim() && !mentionsVolatile(page, surroundings)) return bindings
  return unifyTokens(pageTokens(page), seenTokens(seen, surroundings), bindings, surroundings)
}

function mentionsVolatile(line: string, { nodeNames }: Surroundings): boolean {
  return nodeNames.some((name) => line.includes(name)) || tokenize(line).some(({ kind }) => !isPlain(kind))
}

function isPlain(kind: Token['kind']): boolean {
  return kind === 'text' || kind === 'blank'
}

function pageTokens(line: string): Token[] {
  return tokenize(line)
}

/** The tokens of a seen line, in which the names of nodes and the namespace are whole words. */
function seenTokens(line: string, { nodeNames, namespace }: Surroundings): Token[] {
  const names = [...nodeNames, ...(namespace === 'default' ? [] : [namespace])].filter((name) =>
    line.includes(name),
  )
  if (names.length === 0) return tokenize(line)
  const pattern = new RegExp(`((?<![\\w-])(?:${names.map(escaped).join('|')})(?![\\w-]))`)
  return line
    .trim()
    .split(pattern)
    .flatMap((part, index) => (index % 2 === 1 ? [nameToken(part, namespace)] : withOuterBlanks(part)))
}

function nameToken(text: string, namespace: string): Token {
  return text === namespace ? { kind: 'namespace', text } : { kind: 'node', text }
}

/** `tokenize` leaves out the blanks at the ends: between two names they count. */
function withOuterBlanks(part: string): Token[] {
  if (part === '') return []
  if (part.trim() === '') return [{ kind: 'blank' }]
  const before: Token[] = /^\s/.test(part) ? [{ kind: 'blank' }] : []
  const after: Token[] = /\s$/.test(part) ? [{ kind: 'blank' }] : []
  return [...before, ...tokenize(part), ...after]
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function unifyTokens(
  page: readonly Token[],
  seen: readonly Token[],
  bindings: Bindings,
  surroundings: Surroundings,
): Bindings | undefined {
  const [pageFirst] = page
  const [seenFirst] = seen
  if (!pageFirst) return seenFirst ? undefined : bindings
  if (pageFirst.kind === 'elision') return afterElision(page.slice(1), seen, bindings, surroundings)
  if (!seenFirst) return undefined
  if (seenFirst.kind === 'node') return afterNode(page, seenFirst.text, seen.slice(1), bindings, surroundings)
  const unified = unifyToken(pageFirst, seenFirst, bindings, surroundings)
  return unified && unifyTokens(page.slice(1), seen.slice(1), unified, surroundings)
}

/** `...` stands for anything up to where the rest of the page's line goes on. */
function afterElision(
  page: readonly Token[],
  seen: readonly Token[],
  bindings: Bindings,
  surroundings: Surroundings,
): Bindings | undefined {
  for (let skipped = 0; skipped <= seen.length; skipped++) {
    const unified = unifyTokens(page, seen.slice(skipped), bindings, surroundings)
    if (unified) return unified
  }
  return undefined
}

/** A node's name on the page is any word: what looks like one up to the next blank or slash. */
function afterNode(
  page: readonly Token[],
  node: string,
  seen: readonly Token[],
  bindings: Bindings,
  surroundings: Surroundings,
): Bindings | undefined {
  const end = page.findIndex(
    (token) => token.kind === 'blank' || (token.kind === 'text' && /[/,)"]/.test(token.text)),
  )
  const word = page.slice(0, end < 0 ? page.length : end)
  const name = word.map((token) => ('text' in token ? token.text : '')).join('')
  if (name === '' || name === '<') return undefined
  const unified = bindings.unify('node', name, node)
  return unified && unifyTokens(page.slice(word.length), seen, unified, surroundings)
}

function unifyToken(
  page: Token,
  seen: Token,
  bindings: Bindings,
  surroundings: Surroundings,
): Bindings | undefined {
  if (page.kind === 'blank' || seen.kind === 'blank') return page.kind === seen.kind ? bindings : undefined
  if (page.kind === 'duration' && seen.kind === 'duration') {
    return surroundings.spansAgree(page, seen) ? bindings : undefined
  }
  if (seen.kind === 'namespace') return 'text' in page && page.text === 'default' ? bindings : undefined
  if (isVolatile(page) && isVolatile(seen) && page.kind === seen.kind) {
    return bindings.unify(page.kind, page.text, seen.text)
  }
  return 'text' in page && 'text' in seen && page.text === seen.text ? bindings : undefined
}

function isVolatile(token: Token): token is { kind: VolatileKind; text: string } {
  return !isPlain(token.kind) && token.kind !== 'duration' && token.kind !== 'elision'
}
