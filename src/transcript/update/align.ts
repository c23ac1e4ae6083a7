// Lays the lines of a page beside those of the replay, so that as few as possible have to be rewritten.

import { isElision } from '../compare/sequence.ts'

/** What becomes of a line: the page's is kept, or one of the replay is taken; -1 where one side has none. */
export interface Aligned {
  /** Index of the page's line. */
  readonly page: number
  /** Index of the replay's line. */
  readonly seen: number
  /** `keep`: the page's line says it already, or is an elision. `take`: the replay's line replaces it or is new. */
  readonly action: 'keep' | 'take' | 'drop'
}

/** Which lines of the replay may go unmentioned without being missed. */
export interface AlignRules {
  /** A page shows a stretch of a log. */
  readonly freeEnds: boolean
  /** A page shows the interesting lines of a long description. */
  readonly freeGaps: boolean
}

type Move = 'drop' | 'elide' | 'keep' | 'skip' | 'stop' | 'swap' | 'take' | 'take-new'

/**
 * The cheapest alignment (edit distance; an elision swallows lines for nothing). `distance` is 0 where a line of the page
 * says what the replay's does, and at most 1: of several lines that could replace it, the most similar does.
 */
export function align(
  page: readonly string[],
  seen: readonly string[],
  distance: (page: string, seen: string) => number,
  rules: AlignRules,
): Aligned[] {
  const distances = page.map((line) => seen.map((other) => distance(line, other)))
  const width = seen.length + 1
  const costs = new Float64Array((page.length + 1) * width)
  const moves: Move[] = Array.from({ length: costs.length }, () => 'stop')
  for (let p = page.length; p >= 0; p--) {
    for (let s = seen.length; s >= 0; s--) {
      const best = cheapest(candidates(p, s))
      costs[p * width + s] = best.cost
      moves[p * width + s] = best.move
    }
  }
  return walk(page.length, seen.length, (p, s) => moves[p * width + s] ?? 'stop')

  function candidates(p: number, s: number): { cost: number; move: Move }[] {
    const cost = (nextPage: number, nextSeen: number) => costs[nextPage * width + nextSeen] ?? 0
    const hasPage = p < page.length
    const hasSeen = s < seen.length
    const isAtElision = hasPage && isElision(page[p] ?? '')
    const skipIsFree = rules.freeGaps || (rules.freeEnds && (p === 0 || p === page.length)) || isAtElision
    const found: { cost: number; move: Move }[] = []
    if (!hasPage && !hasSeen) found.push({ cost: 0, move: 'stop' })
    if (isAtElision) found.push({ cost: cost(p + 1, s), move: 'elide' })
    const far = distances[p]?.[s] ?? 1
    if (hasPage && hasSeen && !isAtElision && far === 0)
      found.push({ cost: cost(p + 1, s + 1), move: 'keep' })
    if (distances[p]?.[s + 1] === 0 && distances[p + 1]?.[s] === 0)
      found.push({ cost: cost(p + 2, s + 2) + 1, move: 'swap' })
    if (hasPage && hasSeen && !isAtElision) found.push({ cost: cost(p + 1, s + 1) + 1 + far, move: 'take' })
    if (hasPage && !isAtElision) found.push({ cost: cost(p + 1, s) + 4, move: 'drop' })
    if (hasSeen && skipIsFree) found.push({ cost: cost(p, s + 1), move: 'skip' })
    if (hasSeen && !skipIsFree) found.push({ cost: cost(p, s + 1) + 4, move: 'take-new' })
    return found
  }
}

function cheapest(moves: readonly { cost: number; move: Move }[]): { cost: number; move: Move } {
  return moves.reduce((best, move) => (move.cost < best.cost ? move : best))
}

function walk(
  pageLength: number,
  seenLength: number,
  moveAt: (page: number, seen: number) => Move,
): Aligned[] {
  const aligned: Aligned[] = []
  let [page, seen] = [0, 0]
  while (page < pageLength || seen < seenLength) {
    const move = moveAt(page, seen)
    if (move === 'keep') aligned.push({ page: page++, seen: seen++, action: 'keep' })
    else if (move === 'swap') {
      aligned.push({ page: page + 1, seen, action: 'keep' }, { page, seen: seen + 1, action: 'keep' })
      page += 2
      seen += 2
    } else if (move === 'take') aligned.push({ page: page++, seen: seen++, action: 'take' })
    else if (move === 'elide') aligned.push({ page: page++, seen: -1, action: 'keep' })
    else if (move === 'drop') aligned.push({ page: page++, seen: -1, action: 'drop' })
    else if (move === 'take-new') aligned.push({ page: -1, seen: seen++, action: 'take' })
    else seen++
  }
  return aligned
}
