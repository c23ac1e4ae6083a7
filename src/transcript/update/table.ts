// Rewrites the cells of a page's table that differ, in the author's columns and at their places.

import type { SourceLine } from '../page.ts'
import { unifyCell, type Row, type Table } from '../compare/table.ts'
import type { Bindings } from '../compare/bindings.ts'
import type { OutputForm } from '../compare/output.ts'
import { spanToken } from '../compare/token.ts'
import type { Surroundings } from '../compare/line.ts'
import { align } from './align.ts'
import { restate } from './restate.ts'

/** The table's lines as they should be, the header first. Elisions between rows stay where they are. */
export function updatedTable(
  lines: readonly SourceLine[],
  page: Table<SourceLine>,
  seen: Table<string>,
  {
    bindings,
    surroundings,
    form,
  }: { readonly bindings: Bindings; readonly surroundings: Surroundings; readonly form: OutputForm },
): string[] {
  const header = lines[0]?.text ?? ''
  const rowOf = new Map(page.rows.map((row) => [row.line.text, row]))
  const seenRows = inPageOrder(page, seen)
  const distance = (pageText: string, seenText: string) => {
    const pageRow = rowOf.get(pageText)
    const seenRow = seenRows.find(({ line }) => line === seenText)
    return pageRow && seenRow ? cellDistance(pageRow, seenRow, page, bindings, surroundings) : 1
  }
  const pageTexts = lines.slice(1).map(({ text }) => text)
  // Of a watch a page may leave rows out.
  const rules = { freeEnds: false, freeGaps: form === 'watch' }
  const body = align(
    pageTexts,
    seenRows.map(({ line }) => line),
    distance,
    rules,
  ).flatMap((entry) => {
    if (entry.action === 'drop') return []
    const pageText = pageTexts[entry.page]
    const seenRow = seenRows[entry.seen]
    if (entry.action === 'keep' || !seenRow) return pageText === undefined ? [] : [pageText]
    return [
      writtenRow(
        header,
        pageText === undefined ? undefined : rowOf.get(pageText),
        seenRow,
        page,
        bindings,
        surroundings,
      ),
    ]
  })
  return [header, ...body]
}

/** Rows of the replay in the order in which the page has them; those that it lacks come where they were printed. */
function inPageOrder(page: Table<SourceLine>, seen: Table<string>): Row<string>[] {
  const [key = ''] = page.columns
  const place = new Map(page.rows.map((row, index) => [row.cells[key] ?? '', index]))
  const isUnique = place.size === page.rows.length
  if (!isUnique) return [...seen.rows]
  return seen.rows.toSorted(
    (a, b) => (place.get(a.cells[key] ?? '') ?? Infinity) - (place.get(b.cells[key] ?? '') ?? Infinity) || 0,
  )
}

/** Which part of the cells differs. */
function cellDistance(
  page: Row<SourceLine>,
  seen: Row<string>,
  table: Table<SourceLine>,
  bindings: Bindings,
  surroundings: Surroundings,
): number {
  const differing = table.columns.filter((column) => {
    const cell = seen.cells[column]
    const own = page.cells[column] ?? ''
    return cell !== undefined && unifyCell(column, own, cell, bindings, surroundings) === undefined
  })
  if (differing.length === 0) return 0
  return (differing.length + ageGap(page.cells['AGE'], seen.cells['AGE'])) / (table.columns.length + 1)
}

/** Of rows that differ in as many cells, the one of about the same age is meant. */
function ageGap(page = '', seen = ''): number {
  const [own, other] = [spanToken(page), spanToken(seen)]
  return own && other ? Math.min(1, Math.abs(own.ms - other.ms) / AGE_GAP_MS) : 0
}

const AGE_GAP_MS = 10_000

/** A row in which only the differing cells are new. */
function writtenRow(
  header: string,
  page: Row<SourceLine> | undefined,
  seen: Row<string>,
  table: Table<SourceLine>,
  bindings: Bindings,
  surroundings: Surroundings,
): string {
  const cells = table.columns.map((column) => {
    const own = page?.cells[column]
    const other = seen.cells[column]
    const holds =
      own !== undefined &&
      (other === undefined || unifyCell(column, own, other, bindings, surroundings) !== undefined)
    return holds ? own : restate(other ?? '', bindings, surroundings)
  })
  return (page && withCells(page, table, cells, header)) ?? newRow(header, table.columns, cells)
}

/**
 * The author's row with other cells. Behind a cell that is new, a column begins where it does in the author's other rows;
 * undefined where a cell cannot be told from the blanks around it.
 */
function withCells(
  page: Row<SourceLine>,
  { columns, rows }: Table<SourceLine>,
  wanted: readonly string[],
  header: string,
): string | undefined {
  const own = cellStarts(page.line.text, columns, page.cells)
  const others = rows
    .filter((row) => row !== page)
    .map((row) => cellStarts(row.line.text, columns, row.cells))
  const headers = cellStarts(header, columns, Object.fromEntries(columns.map((name) => [name, name])))
  let text = ''
  let isChanged = false
  for (const [index, column] of columns.entries()) {
    const cell = page.cells[column] ?? ''
    if (cell === '' && wanted[index] === '') continue
    const start = own[index]
    if (start === undefined) return undefined
    const usual = startsLike(own, [headers, ...others], index)
    text = apart(text, isChanged && !usual.includes(start) ? mostFrequent(usual, start) : start)
    text += wanted[index] ?? ''
    isChanged ||= wanted[index] !== cell
  }
  return text + page.line.text.slice(page.line.text.trimEnd().length)
}

/** Where a column begins in the rows that have the columns before it where this one has them; else in any row. */
function startsLike(own: Starts, rows: readonly Starts[], index: number): number[] {
  const isAlike = (row: Starts) =>
    own.slice(0, index - 1).every((start, at) => start === undefined || start === row[at])
  const at = (row: Starts) => row[index] ?? []
  const alike = rows.filter(isAlike).flatMap(at)
  return alike.length > 0 ? alike : rows.flatMap(at)
}

type Starts = readonly (number | undefined)[]

/** Where each cell begins in its row; undefined for an empty one. */
function cellStarts(
  text: string,
  columns: readonly string[],
  cells: Readonly<Record<string, string>>,
): (number | undefined)[] {
  let from = 0
  return columns.map((column) => {
    const cell = cells[column] ?? ''
    const start = cell === '' ? -1 : text.indexOf(cell, from)
    if (start < 0) return undefined
    from = start + cell.length
    return start
  })
}

function mostFrequent(values: readonly number[], otherwise: number): number {
  const count = (value: number) => values.filter((each) => each === value).length
  return values.toSorted((a, b) => count(b) - count(a))[0] ?? otherwise
}

/** Each cell begins below its column's name, as far as there is room. */
function newRow(header: string, columns: readonly string[], cells: readonly string[]): string {
  let text = ''
  let from = 0
  for (const [index, column] of columns.entries()) {
    const start = header.indexOf(column, from)
    from = start + column.length
    text = apart(text, start) + (cells[index] ?? '')
  }
  return text.trimEnd()
}

function apart(text: string, start: number): string {
  const padded = text.padEnd(start)
  return padded === '' || /\s$/.test(padded) ? padded : `${padded}   `
}
