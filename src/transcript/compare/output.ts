// Compares what a command printed in the replay with what the page shows for it.

import type { ExpectedOutput, SourceLine } from '../page.ts'
import type { Bindings } from './bindings.ts'
import type { Surroundings } from './line.ts'
import { unifySequence, unifyStretch } from './sequence.ts'
import { readTable, unifyTables } from './table.ts'
import { unifyTrees } from './tree.ts'
import { isPrintedBySomeVersions, sharedWords, wordingSince } from './wording.ts'

/** What a command printed, in the order in which it came. */
export interface SeenOutput {
  readonly lines: readonly SeenLine[]
}

export interface SeenLine {
  readonly text: string
  readonly stream: 'stdout' | 'stderr'
}

/** Which form an output has, by the command that printed it. */
export type OutputForm = 'log' | 'plain' | 'tree' | 'watch'

/** One thing that the page says and the replay does not. */
export interface Difference {
  readonly line: SourceLine
  /** The column of a table; undefined elsewhere. */
  readonly column: string | undefined
  readonly expected: string
  /** Undefined when nothing like it was printed. */
  readonly seen: string | undefined
}

export interface Comparison {
  readonly bindings: Bindings
  readonly differences: readonly Difference[]
  /** The versions whose other words were met, for example `1.34`; the claim itself holds. */
  readonly drift: readonly string[]
}

/** Compares an output. First as it stands; if that fails, in the words that all versions share. */
export function compareOutput(
  expected: ExpectedOutput,
  seen: SeenOutput,
  form: OutputForm,
  bindings: Bindings,
  surroundings: Surroundings,
): Comparison {
  const asPrinted = compareForm(expected.lines, seen.lines, form, bindings, surroundings)
  if (asPrinted.differences.length === 0) return { ...asPrinted, drift: [] }
  const inSharedWords = compareForm(
    expected.lines.filter(({ text }) => !isPrintedBySomeVersions(text)).map(inWordsOfAll),
    seen.lines.filter(({ text }) => !isPrintedBySomeVersions(text)).map(inWordsOfAll),
    form,
    bindings,
    surroundings,
  )
  const differences = inSharedWords.differences.map((difference) => inPageWords(difference, expected))
  return { ...inSharedWords, differences, drift: driftOf(expected, seen) }
}

/** A difference that remains is told with the page's own line. */
function inPageWords(difference: Difference, { lines }: ExpectedOutput): Difference {
  const line = lines.find((own) => own.line === difference.line.line)
  if (!line) return difference
  return {
    ...difference,
    line,
    expected: difference.column === undefined ? line.text.trim() : difference.expected,
  }
}

function inWordsOfAll<Line extends { readonly text: string }>(line: Line): Line {
  return { ...line, text: sharedWords(line.text) }
}

function driftOf(expected: ExpectedOutput, seen: SeenOutput): string[] {
  const versions = [...expected.lines, ...seen.lines].map(({ text }) => wordingSince(text) ?? 'other')
  return [...new Set(versions)].filter((version) => version !== 'other').toSorted()
}

type Compared = Omit<Comparison, 'drift'>

function compareForm(
  page: readonly SourceLine[],
  seen: readonly SeenLine[],
  form: OutputForm,
  bindings: Bindings,
  surroundings: Surroundings,
): Compared {
  const texts = seen.map(({ text }) => text)
  if (form === 'log') return compareLog(page, seen, bindings, surroundings)
  const table = compareTable(page, texts, form === 'watch', bindings, surroundings)
  if (table) return table
  if (form === 'tree') {
    const { bindings: bound, differences } = unifyTrees(page, texts, bindings, surroundings)
    return {
      bindings: bound,
      differences: differences.map((difference) => atLine(difference.line, difference.seen)),
    }
  }
  const outcome = unifySequence(page, texts, bindings, surroundings)
  if (outcome.agrees) return { bindings: outcome.bindings, differences: [] }
  return { bindings, differences: [atLine(outcome.at ?? endOf(page), outcome.seen)] }
}

function compareTable(
  page: readonly SourceLine[],
  seen: readonly string[],
  isWatch: boolean,
  bindings: Bindings,
  surroundings: Surroundings,
): Compared | undefined {
  const pageTable = readTable(page, ({ text }) => text)
  const seenTable = readTable(seen, (text) => text)
  if (!pageTable || !seenTable) return undefined
  const rules = { isOrdered: isWatch, mayHaveMore: isWatch }
  const { bindings: bound, differences } = unifyTables(pageTable, seenTable, rules, bindings, surroundings)
  return {
    bindings: bound,
    differences: differences.map(({ line, column, page: expected, seen: got }) => ({
      line,
      column,
      expected,
      seen: got,
    })),
  }
}

/**
 * A page may show a stretch of a log. A container's two streams reach the log by two pipes, so that lines of one may
 * stand before or after lines of the other: each stream must have its stretch, and their order is not looked at.
 */
function compareLog(
  page: readonly SourceLine[],
  seen: readonly SeenLine[],
  bindings: Bindings,
  surroundings: Surroundings,
): Compared {
  const whole = unifyStretch(
    page,
    seen.map(({ text }) => text),
    bindings,
    surroundings,
  )
  if (whole.agrees) return { bindings: whole.bindings, differences: [] }
  const byStream = compareStreams(page, seen, bindings, surroundings)
  return byStream ?? { bindings, differences: [atLine(whole.at ?? endOf(page), whole.seen)] }
}

function compareStreams(
  page: readonly SourceLine[],
  seen: readonly SeenLine[],
  bindings: Bindings,
  surroundings: Surroundings,
): Compared | undefined {
  const errorTexts = new Set(seen.filter(({ stream }) => stream === 'stderr').map(({ text }) => text))
  if (errorTexts.size === 0) return undefined
  let bound = bindings
  for (const stream of ['stdout', 'stderr'] as const) {
    const lines = page.filter(({ text }) => errorTexts.has(text) === (stream === 'stderr'))
    const texts = seen.filter((line) => line.stream === stream).map(({ text }) => text)
    const outcome = unifyStretch(lines, texts, bound, surroundings)
    if (!outcome.agrees) return undefined
    bound = outcome.bindings
  }
  return { bindings: bound, differences: [] }
}

function atLine(line: SourceLine, seen: string | undefined): Difference {
  return { line, column: undefined, expected: line.text.trim(), seen }
}

/** The place behind the last line of an output: where something too many was printed. */
function endOf(page: readonly SourceLine[]): SourceLine {
  const last = page.at(-1)
  return last
    ? { text: '', line: last.line, offset: last.offset + last.text.length }
    : { text: '', line: 1, offset: 0 }
}
