// How long the output of an endless command takes to appear, by the page's own words.

import { spanToken } from '../compare/token.ts'
import type { CommandStep } from '../page.ts'

/** The longest age that the output shows, in milliseconds: an endless command has to run that long. */
export function longestSpanMs({ expected }: CommandStep): number {
  const words = (expected?.lines ?? []).flatMap(({ text }) => text.split(/\s+/))
  return Math.max(0, ...words.map((word) => spanToken(word)?.ms ?? 0))
}
