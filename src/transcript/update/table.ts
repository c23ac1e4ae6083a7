// Rewrites the cells of a page's table that differ, in the author's columns and at their places.

import type { SourceLine } from '../page.ts'
import { unifyCell, type Row, type Table } from '../compare/table.ts'
import type { Bindings } from '../compare/bindings.ts'
import type { OutputForm } from '../compare/output.ts'
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
  const says = (pageText: string, seenText: string) => {
    const pageRow = rowOf.get(pageText)
    const seenRow = seenRows.find(({ line }) => line === seenText)
    return (
      pageRow !== undefined &&
      seenRow !== undefined &&
      saysTheSame(pageRow, seenRow, page, bindings, surroundings)
    )
  }
  const pageTexts = lines.slice(1).map(({ text }) => text)
  // Of a watch a page may leave rows out.
  const rules = { freeEnds: false, freeGaps: form === 'watch' }
  const body = align(
    pageTexts,
    seenRows.map(({ line }) => line),
    says,
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

function saysTheSame(
  page: Row<SourceLine>,
  seen: Row<string>,
  table: Table<SourceLine>,
  bindings: Bindings,
  surroundings: Surroundings,
): boolean {
  return table.columns.every((column) => {
    const cell = seen.cells[column]
    return (
      cell === undefined ||
      unifyCell(column, page.cells[column] ?? '', cell, bindings, surroundings) !== undefined
    )
  })
}

/** A row in which only the differing cells are new; each cell begins below its column's name, as far as there is room. */
function writtenRow(
  header: string,
  page: Row<SourceLine> | undefined,
  seen: Row<string>,
  table: Table<SourceLine>,
  bindings: Bindings,
  surroundings: Surroundings,
): string {
  let text = ''
  let searchFrom = 0
  for (const column of table.columns) {
    const start = header.indexOf(column, searchFrom)
    searchFrom = start + column.length
    const pageCell = page?.cells[column]
    const seenCell = seen.cells[column]
    const holds =
      pageCell !== undefined &&
      (seenCell === undefined || unifyCell(column, pageCell, seenCell, bindings, surroundings) !== undefined)
    const cell = holds ? pageCell : restate(seenCell ?? '', bindings, surroundings)
    text = text.padEnd(start)
    if (text !== '' && !/\s$/.test(text)) text += '   '
    text += cell
  }
  return text.trimEnd()
}
