// Rewrites the output that a page shows, so that it says what the replay printed, and nothing else.

import type { Bindings } from '../compare/bindings.ts'
import { type Surroundings, unifyLine } from '../compare/line.ts'
import type { OutputForm, SeenOutput } from '../compare/output.ts'
import { readTable } from '../compare/table.ts'
import { sharedWords } from '../compare/wording.ts'
import type { ExpectedOutput } from '../page.ts'
import { align } from './align.ts'
import { updatedLog } from './log.ts'
import { restate } from './restate.ts'
import { updatedTable } from './table.ts'

/** The lines that the page should show. Elisions, columns and whatever still holds stay as the author wrote them. */
export function updatedOutput(
  expected: ExpectedOutput,
  seen: SeenOutput,
  form: OutputForm,
  bindings: Bindings,
  surroundings: Surroundings,
): string[] {
  const seenTexts = withoutBlankEnd(seen.lines.map(({ text }) => text))
  const pageTable = readTable(expected.lines, ({ text }) => text)
  const seenTable = readTable(seenTexts, (text) => text)
  if (pageTable && seenTable && form !== 'log') {
    return updatedTable(expected.lines, pageTable, seenTable, { bindings, surroundings, form })
  }
  const pageTexts = expected.lines.map(({ text }) => text)
  const distance = (page: string, text: string) =>
    unifyLine(page, text, bindings, surroundings) !== undefined ||
    unifyLine(sharedWords(page), sharedWords(text), bindings, surroundings) !== undefined
      ? 0
      : wordDistance(page, text)
  const rules = { freeEnds: form === 'log', freeGaps: form === 'tree' }
  const hasTwoStreams = seen.lines.some(({ stream }) => stream === 'stderr')
  if (form === 'log' && hasTwoStreams)
    return updatedLog(pageTexts, seen.lines, distance).map((text) => restate(text, bindings, surroundings))
  return align(pageTexts, seenTexts, distance, rules).flatMap(({ page, seen: index, action }) => {
    if (action === 'drop') return []
    return action === 'keep'
      ? [pageTexts[page] ?? '']
      : [restate(seenTexts[index] ?? '', bindings, surroundings)]
  })
}

/** Which part of the words of two different lines is not in both; more than 0. */
function wordDistance(page: string, seen: string): number {
  const [own, other] = [page, seen].map((text) => text.trim().split(/\s+/))
  if (!own || !other) return 1
  const rest = [...other]
  const common = own.filter((word) => {
    const at = rest.indexOf(word)
    if (at >= 0) rest.splice(at, 1)
    return at >= 0
  }).length
  const longest = Math.max(own.length, other.length)
  return Math.max(1, longest - common) / longest
}

function withoutBlankEnd(texts: readonly string[]): string[] {
  const last = texts.findLastIndex((text) => text.trim() !== '')
  return texts.slice(0, last + 1)
}
