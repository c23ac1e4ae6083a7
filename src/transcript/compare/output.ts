// Compares what a command printed in the replay with what the page shows for it.

import type { ExpectedOutput, SourceLine } from '../page.ts'
import type { Bindings } from './bindings.ts'
import { readEvents, unifyEvents } from './events.ts'
import { type Surroundings, unifyLine } from './line.ts'
import { isElision, unifySequence, unifyStretch } from './sequence.ts'
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
export type OutputForm = 'listing' | 'log' | 'plain' | 'tree' | 'unordered' | 'watch' | 'words'

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
  if (asPrinted.differences.length === 0) return asPrinted
  const inSharedWords = compareForm(
    expected.lines.filter(({ text }) => !isPrintedBySomeVersions(text)).map(inWordsOfAll),
    seen.lines.filter(({ text }) => !isPrintedBySomeVersions(text)).map(inWordsOfAll),
    form,
    bindings,
    surroundings,
  )
  const differences = inSharedWords.differences.map((difference) => inPageWords(difference, expected))
  return { ...inSharedWords, differences, drift: driftOf(expected, seen, inSharedWords.drift) }
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

function driftOf(expected: ExpectedOutput, seen: SeenOutput, known: readonly string[]): string[] {
  const versions = [...expected.lines, ...seen.lines].map(({ text }) => wordingSince(text) ?? 'other')
  return [...new Set([...known, ...versions])].filter((version) => version !== 'other').toSorted()
}

function compareForm(
  page: readonly SourceLine[],
  seen: readonly SeenLine[],
  form: OutputForm,
  bindings: Bindings,
  surroundings: Surroundings,
): Comparison {
  const texts = seen.map(({ text }) => text)
  if (form === 'log') return compareLog(page, seen, bindings, surroundings)
  if (form === 'unordered') return compareUnordered(page, texts, bindings, surroundings)
  if (form === 'words') return compareWords(page, texts, bindings, surroundings)
  const table = compareTable(page, texts, form === 'watch', bindings, surroundings)
  if (table) return table
  if (form === 'tree') return compareDescription(page, seen, bindings, surroundings)
  const shown = form === 'listing' ? withoutFrame(texts, page) : texts
  const outcome = unifySequence(page, shown, bindings, surroundings)
  if (outcome.agrees) return { bindings: outcome.bindings, differences: [], drift: [] }
  return { bindings, differences: [atLine(outcome.at ?? endOf(page), outcome.seen)], drift: [] }
}

/** Which lines stand there counts, and not in which order: an environment, for example. */
function compareUnordered(
  page: readonly SourceLine[],
  seen: readonly string[],
  bindings: Bindings,
  surroundings: Surroundings,
): Comparison {
  const differences: Difference[] = []
  let bound = bindings
  let rest = seen.filter((text) => text.trim() !== '')
  for (const line of page.filter(({ text }) => text.trim() !== '' && !isElision(text))) {
    const matches = rest.map((text) => unifyLine(line.text, text, bound, surroundings))
    const index = matches.findIndex((match) => match !== undefined)
    if (index < 0)
      differences.push(
        atLine(
          line,
          rest.find((text) => keyOf(text) === keyOf(line.text)),
        ),
      )
    else rest = rest.toSpliced(index, 1)
    bound = matches[index] ?? bound
  }
  const isWhole = !page.some(({ text }) => isElision(text))
  if (isWhole) differences.push(...rest.map((text) => atLine(endOf(page), text)))
  return { bindings: bound, differences, drift: [] }
}

function keyOf(text: string): string {
  return text.trim().split('=')[0] ?? ''
}

/** `ls` prints its names in columns to a terminal, and else one a line. */
function compareWords(
  page: readonly SourceLine[],
  seen: readonly string[],
  bindings: Bindings,
  surroundings: Surroundings,
): Comparison {
  const words = page.flatMap((line) =>
    line.text
      .trim()
      .split(/\s+/)
      .map((text) => ({ ...line, text })),
  )
  const outcome = unifySequence(
    words,
    seen.flatMap((text) => text.trim().split(/\s+/)),
    bindings,
    surroundings,
  )
  if (outcome.agrees) return { bindings: outcome.bindings, differences: [], drift: [] }
  return { bindings, differences: [atLine(outcome.at ?? endOf(page), outcome.seen)], drift: [] }
}

/** A page may leave out the lines of a long listing that say nothing of a file: blocks, `.` and `..`, the folder's name. */
function withoutFrame(seen: readonly string[], page: readonly SourceLine[]): readonly string[] {
  const frames = [/^total \d+$/, /\s\.$/, /\s\.\.$/, /^\S+:$/, /^$/]
  const omitted = frames.filter((frame) => !page.some(({ text }) => frame.test(text.trim())))
  return seen.filter((text) => !omitted.some((frame) => frame.test(text.trim())))
}

/** What is indented, and below it, in a description, the events. */
function compareDescription(
  page: readonly SourceLine[],
  seen: readonly SeenLine[],
  bindings: Bindings,
  surroundings: Surroundings,
): Comparison {
  const events = readEvents(page)
  const rest = events ? page.slice(0, events.start) : page
  const texts = seen.map(({ text }) => text)
  const tree = unifyTrees(rest, texts, bindings, surroundings)
  const below = events && unifyEvents(events, readEvents(seen), tree.bindings, surroundings)
  return {
    bindings: below?.bindings ?? tree.bindings,
    differences: [...tree.differences, ...(below?.differences ?? [])].map((difference) =>
      atLine(difference.line, difference.seen),
    ),
    drift: below?.drift ?? [],
  }
}

function compareTable(
  page: readonly SourceLine[],
  seen: readonly string[],
  isWatch: boolean,
  bindings: Bindings,
  surroundings: Surroundings,
): Comparison | undefined {
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
    drift: [],
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
): Comparison {
  const whole = unifyStretch(
    page,
    seen.map(({ text }) => text),
    bindings,
    surroundings,
  )
  if (whole.agrees) return { bindings: whole.bindings, differences: [], drift: [] }
  const byStream = compareStreams(page, seen, bindings, surroundings)
  return byStream ?? { bindings, differences: [atLine(whole.at ?? endOf(page), whole.seen)], drift: [] }
}

function compareStreams(
  page: readonly SourceLine[],
  seen: readonly SeenLine[],
  bindings: Bindings,
  surroundings: Surroundings,
): Comparison | undefined {
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
  return { bindings: bound, differences: [], drift: [] }
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
