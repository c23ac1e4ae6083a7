// Reads and compares tables as kubectl, docker and crictl print them: by column, whatever their spacing and order.

import type { SourceLine } from '../page.ts'
import type { Bindings } from './bindings.ts'
import { type Surroundings, unifyLine } from './line.ts'
import { isElision } from './sequence.ts'
import { spanToken } from './token.ts'

/** A table that was printed: the names of its columns and the cells of its rows. */
export interface Table<Line> {
  readonly columns: readonly string[]
  readonly rows: readonly Row<Line>[]
  /** Whether a line says that rows were left out. */
  readonly isElided: boolean
}

export interface Row<Line> {
  readonly line: Line
  /** By column; a cell that the line does not reach is missing. */
  readonly cells: Readonly<Record<string, string>>
}

/** A cell or a row that is not what the page says. */
export interface TableDifference {
  readonly line: SourceLine
  /** The column; undefined when a whole row is missing. */
  readonly column: string | undefined
  readonly page: string
  /** What was seen; undefined when nothing like it was. */
  readonly seen: string | undefined
}

/** Reads lines as a table; undefined when the first is no header: two capital words or more, set apart by blanks. */
export function readTable<Line>(
  lines: readonly Line[],
  textOf: (line: Line) => string,
): Table<Line> | undefined {
  const [first, ...rest] = lines
  if (first === undefined || !isHeader(textOf(first))) return undefined
  const header = headerColumns(textOf(first))
  const rows = rest
    .filter((line) => textOf(line).trim() !== '' && !isElision(textOf(line)))
    .map((line) => ({ line, cells: cellsOf(textOf(line), header) }))
  return {
    columns: header.map(({ name }) => name),
    rows,
    isElided: rest.some((line) => isElision(textOf(line))),
  }
}

interface HeaderColumn {
  readonly name: string
  readonly start: number
}

function isHeader(text: string): boolean {
  return (
    /^\s*[A-Z][A-Z0-9()/%-]*(?: [A-Z0-9()/%-]+)*(?:\s{2,}|\t|\s+[A-Z])/.test(text) &&
    text === text.toUpperCase() &&
    /[A-Z]{2}/.test(text)
  )
}

function headerColumns(header: string): HeaderColumn[] {
  return [...header.matchAll(/\S+(?: \S+)*/g)].flatMap((match) => splitNames(match[0], match.index))
}

/** Names of two words that kubectl and docker really have; others that stand a blank apart are columns of their own. */
const TWO_WORDS =
  /CONTAINER ID|NOMINATED NODE|READINESS GATES|LAST SEEN|LAST SCHEDULE|POD ID|IMAGE ID|PORT\(S\)|CLUSTER-IP|EXTERNAL-IP|ACCESS MODES|STORAGE CLASS|RECLAIM POLICY|MIN AVAILABLE|MAX UNAVAILABLE|ALLOWED DISRUPTIONS|NODE SELECTOR|SUCCESSFUL RUN|FIRST SEEN|CREATED AT|UP-TO-DATE|\S+/g

function splitNames(text: string, offset: number): HeaderColumn[] {
  return [...text.matchAll(TWO_WORDS)].map((match) => ({ name: match[0], start: offset + match.index }))
}

/** Cells stand two blanks apart; where that does not give one for each column, the header's places decide. */
function cellsOf(text: string, columns: readonly HeaderColumn[]): Record<string, string> {
  const parts = text.trim().split(/\s{2,}|\t+/)
  const cells = columns.some(({ name }) => name === 'PID')
    ? cellsByWord(text, columns.length)
    : parts.length === columns.length
      ? parts
      : cellsByPlace(text, columns)
  return Object.fromEntries(columns.map(({ name }, index) => [name, cells[index] ?? '']))
}

/** In a list of processes every cell is a word but the last, which is a command line. */
function cellsByWord(text: string, count: number): string[] {
  const words = text.trim().split(/\s+/)
  return [...words.slice(0, count - 1), words.slice(count - 1).join(' ')]
}

/** A cell belongs to the last column that begins at it or before; one that begins nowhere near goes to the nearest. */
function cellsByPlace(text: string, columns: readonly HeaderColumn[]): string[] {
  const cells = columns.map(() => '')
  for (const match of text.matchAll(/\S+(?: \S+)*/g)) {
    const index = nearestFree(match.index, columns, cells)
    cells[index] = cells[index] ? `${cells[index]} ${match[0]}` : match[0]
  }
  return cells
}

function nearestFree(start: number, columns: readonly HeaderColumn[], cells: readonly string[]): number {
  const distances = columns.map((column, index) => ({ index, distance: Math.abs(column.start - start) }))
  const lastFilled = cells.findLastIndex((cell) => cell !== '')
  const free = distances.filter(({ index }) => index > lastFilled)
  const [nearest] = free.toSorted((a, b) => a.distance - b.distance)
  return nearest?.index ?? columns.length - 1
}

/** Columns whose cells are spans of time since something. */
const SPAN_COLUMNS = new Set(['AGE', 'CREATED', 'LAST SEEN', 'FIRST SEEN', 'LAST SCHEDULE', 'DURATION'])

/** How a page's table is read: order of rows counts for `-w`, where each line is an instant. */
export interface TableRules {
  readonly isOrdered: boolean
  /** Rows that were seen but are not on the page: `-w` on a page may leave some out. */
  readonly mayHaveMore: boolean
}

/** Compares two tables by the columns of the page; columns that only the replay has do not count. */
export function unifyTables(
  page: Table<SourceLine>,
  seen: Table<string>,
  rules: TableRules,
  bindings: Bindings,
  surroundings: Surroundings,
): { readonly bindings: Bindings; readonly differences: readonly TableDifference[] } {
  const columns = page.columns.filter((column) => seen.columns.includes(column))
  const missing = page.columns.filter((column) => !seen.columns.includes(column))
  const differences: TableDifference[] = []
  let bound = bindings
  let rest = [...seen.rows]
  for (const row of page.rows) {
    const match = matching(row, rest, columns, bound, surroundings)
    if (match) {
      bound = match.bindings
      rest = rules.isOrdered ? rest.slice(match.index + 1) : rest.toSpliced(match.index, 1)
    } else {
      const nearest = nearestRow(row, rest, columns, bound, surroundings)
      differences.push(...(nearest?.differences ?? [missingRow(row)]))
      if (nearest) rest = rules.isOrdered ? rest.slice(nearest.index + 1) : rest.toSpliced(nearest.index, 1)
    }
  }
  if (!rules.mayHaveMore && !page.isElided) differences.push(...rest.map((row) => surplusRow(page, row)))
  const [header] = page.rows
  if (header) differences.push(...missing.map((column) => missingColumn(header, column)))
  return { bindings: bound, differences }
}

function matching(
  row: Row<SourceLine>,
  seen: readonly Row<string>[],
  columns: readonly string[],
  bindings: Bindings,
  surroundings: Surroundings,
): { index: number; bindings: Bindings } | undefined {
  for (const [index, candidate] of seen.entries()) {
    const unified = unifyRow(row, candidate, columns, bindings, surroundings)
    if (unified) return { index, bindings: unified }
  }
  return undefined
}

function unifyRow(
  page: Row<SourceLine>,
  seen: Row<string>,
  columns: readonly string[],
  bindings: Bindings,
  surroundings: Surroundings,
): Bindings | undefined {
  let bound: Bindings | undefined = bindings
  for (const column of columns) {
    bound =
      bound && unifyCell(column, page.cells[column] ?? '', seen.cells[column] ?? '', bound, surroundings)
  }
  return bound
}

/** Whether two cells of a column say the same. */
export function unifyCell(
  column: string,
  page: string,
  seen: string,
  bindings: Bindings,
  surroundings: Surroundings,
): Bindings | undefined {
  const pageSpan = spanToken(page.replace(/ ago$/, ''))
  const seenSpan = spanToken(seen.replace(/ ago$/, ''))
  if (SPAN_COLUMNS.has(column) && pageSpan && seenSpan) {
    return surroundings.spansAgree(pageSpan, seenSpan) ? bindings : undefined
  }
  if (OF_THE_HOST.has(column)) return bindings
  // kubectl tells when the last restart was since 1.22.
  if (column === 'RESTARTS' && /^\d+$/.test(page)) return page === seen.split(' ')[0] ? bindings : undefined
  if (column === 'PID' || column === 'PPID') return bindings.unify('pid', page, seen)
  if (column === 'LABELS' && isElided(page)) return hasLabels(page, seen) ? bindings : undefined
  if (column === 'IMAGE' && isSameImage(page, seen)) return bindings
  if (isCut(page)) return seen.startsWith(page.replace(/(?:\.{3}|…)["']?$/, '')) ? bindings : undefined
  return unifyLine(page, seen, bindings, surroundings)
}

/** What `ps` tells of a process and no page can promise. */
const OF_THE_HOST = new Set(['%CPU', '%MEM', 'RSS', 'START', 'STAT', 'TIME', 'TTY', 'VSZ'])

function isElided(labels: string): boolean {
  return labels.split(',').some((label) => isElision(label))
}

/** Labels have no order: those that the page shows have to be among those of the object. */
function hasLabels(page: string, seen: string): boolean {
  const own = new Set(seen.split(','))
  return page.split(',').every((label) => isElision(label) || own.has(label))
}

/** Nodes list images by their ids, which say nothing; the pause image comes from any registry, in any version. */
function isSameImage(page: string, seen: string): boolean {
  const isId = (text: string) => /^(?:sha256:)?[0-9a-f]{12,64}$/.test(text)
  const repository = (text: string) => text.replace(/@.*|:[^/]*$/g, '').replace(/^.*\//, '')
  return (isId(page) && isId(seen)) || (repository(page) === 'pause' && repository(seen) === 'pause')
}

/** A cell that its printer has cut: `"sh -c 'echo The app…"`. */
function isCut(cell: string): boolean {
  return /\S(?:\.{3}|…)["']?$/.test(cell)
}

/** The seen row that is most like the page's: the one of the same name, with the cells that differ. */
function nearestRow(
  row: Row<SourceLine>,
  seen: readonly Row<string>[],
  columns: readonly string[],
  bindings: Bindings,
  surroundings: Surroundings,
): { index: number; differences: TableDifference[] } | undefined {
  const candidates = seen
    .map((candidate, index) => ({
      index,
      differences: cellDifferences(row, candidate, columns, bindings, surroundings),
    }))
    .filter(({ differences }) => differences.length < columns.length)
    .toSorted((a, b) => a.differences.length - b.differences.length)
  return candidates[0]
}

function cellDifferences(
  page: Row<SourceLine>,
  seen: Row<string>,
  columns: readonly string[],
  bindings: Bindings,
  surroundings: Surroundings,
): TableDifference[] {
  return columns
    .filter(
      (column) =>
        !unifyCell(column, page.cells[column] ?? '', seen.cells[column] ?? '', bindings, surroundings),
    )
    .map((column) => ({
      line: page.line,
      column,
      page: page.cells[column] ?? '',
      seen: seen.cells[column] ?? '',
    }))
}

function missingRow({ line }: Row<SourceLine>): TableDifference {
  return { line, column: undefined, page: line.text.trim(), seen: undefined }
}

function missingColumn({ line }: Row<SourceLine>, column: string): TableDifference {
  return { line, column, page: column, seen: undefined }
}

function surplusRow(page: Table<SourceLine>, row: Row<string>): TableDifference {
  const line = page.rows.at(-1)?.line ?? { text: '', line: 0, offset: 0 }
  return { line, column: undefined, page: '', seen: row.line.trim() }
}
