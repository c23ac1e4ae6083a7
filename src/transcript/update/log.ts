// Rewrites a log of two streams, whose lines reach it by two pipes: each stream is mended, and the author's order between them stays.

import type { SeenLine } from '../compare/output.ts'
import { align } from './align.ts'

/** The lines that the page should show. */
export function updatedLog(
  page: readonly string[],
  seen: readonly SeenLine[],
  distance: (page: string, seen: string) => number,
): string[] {
  const streams = page.map((text) => nearestStream(text, seen, distance))
  /** What stands in the place of each line of the page. */
  const placed: string[][] = page.map(() => [])
  for (const stream of ['stdout', 'stderr'] as const) {
    const places = page.flatMap((_, index) => (streams[index] === stream ? [index] : []))
    const texts = seen.filter((line) => line.stream === stream).map(({ text }) => text)
    const own = places.map((place) => page[place] ?? '')
    let last = places[0]
    for (const entry of align(own, texts, distance, { freeEnds: true, freeGaps: false })) {
      last = places[entry.page] ?? last
      if (last === undefined || entry.action === 'drop') continue
      placed[last]?.push((entry.action === 'keep' ? own[entry.page] : texts[entry.seen]) ?? '')
    }
  }
  return placed.flat()
}

/** The stream in which the line stands, or the one most like it. */
function nearestStream(
  text: string,
  seen: readonly SeenLine[],
  distance: (page: string, seen: string) => number,
): SeenLine['stream'] {
  const [nearest] = seen.toSorted((a, b) => distance(text, a.text) - distance(text, b.text))
  return nearest?.stream ?? 'stdout'
}
