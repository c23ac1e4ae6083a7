// Compares lines in order: a whole output with elisions, or a stretch of a log.

import type { SourceLine } from '../page.ts'
import type { Bindings } from './bindings.ts'
import { type Surroundings, unifyLine } from './line.ts'

/** How two sequences of lines relate: the bindings they agree under, or the first line of the page that has no match. */
export type Outcome =
  | { readonly agrees: true; readonly bindings: Bindings }
  | { readonly agrees: false; readonly at: SourceLine | undefined; readonly seen: string | undefined }

/**
 * Whether the seen lines are the page's, in order and all of them; a line that is only an elision stands for any
 * number of lines. Blank lines at the end do not count.
 */
export function unifySequence(
  page: readonly SourceLine[],
  seen: readonly string[],
  bindings: Bindings,
  surroundings: Surroundings,
): Outcome {
  let furthest = { page: 0, seen: 0 }
  const unified = from(0, 0, bindings)
  if (unified) return { agrees: true, bindings: unified }
  return { agrees: false, at: page[furthest.page], seen: seen[furthest.seen] }

  function from(pageIndex: number, seenIndex: number, bound: Bindings): Bindings | undefined {
    if (pageIndex + seenIndex > furthest.page + furthest.seen) furthest = { page: pageIndex, seen: seenIndex }
    const line = page[pageIndex]
    if (!line) return seen.slice(seenIndex).every((text) => text.trim() === '') ? bound : undefined
    if (isElision(line.text)) return behindElision(pageIndex + 1, seenIndex, bound)
    const text = seen[seenIndex]
    if (text === undefined) return undefined
    const next = unifyLine(line.text, text, bound, surroundings)
    return next && from(pageIndex + 1, seenIndex + 1, next)
  }

  function behindElision(pageIndex: number, seenIndex: number, bound: Bindings): Bindings | undefined {
    for (let index = seenIndex; index <= seen.length; index++) {
      const unified = from(pageIndex, index, bound)
      if (unified) return unified
    }
    return undefined
  }
}

/** Whether the page's lines stand in the log, in order and without gaps; it may have more before and after. */
export function unifyStretch(
  page: readonly SourceLine[],
  seen: readonly string[],
  bindings: Bindings,
  surroundings: Surroundings,
): Outcome {
  let best: Outcome = { agrees: false, at: page[0], seen: seen[0] }
  let reach = -1
  for (let start = 0; start + page.length <= seen.length || start === 0; start++) {
    const outcome = unifyPrefix(page, seen.slice(start), bindings, surroundings)
    if (outcome.agrees) return outcome
    const matched = outcome.at ? page.indexOf(outcome.at) : 0
    if (matched > reach) {
      best = outcome
      reach = matched
    }
  }
  return best
}

function unifyPrefix(
  page: readonly SourceLine[],
  seen: readonly string[],
  bindings: Bindings,
  surroundings: Surroundings,
): Outcome {
  let bound = bindings
  for (const [index, line] of page.entries()) {
    const text = seen[index]
    const next = text === undefined ? undefined : unifyLine(line.text, text, bound, surroundings)
    if (!next) return { agrees: false, at: line, seen: text }
    bound = next
  }
  return { agrees: true, bindings: bound }
}

/** A line that only says that something was left out. */
export function isElision(text: string): boolean {
  return /^\s*(?:#\s*)?(?:\.{3,}|…|\[(?:\.{3}|…|snip|truncated|output truncated|.*(?:omitted|truncated).*)\]|<(?:\.{3}|snip|.*(?:omitted|truncated).*)>)\s*$/i.test(
    text,
  )
}
