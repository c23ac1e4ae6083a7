// Tells whether an output that is not yet what the page shows may become it by waiting.

import type { Difference } from '../compare/output.ts'
import { readTable, type Row } from '../compare/table.ts'
import type { CommandStep, SourceLine } from '../page.ts'
import { outputForm } from './output-form.ts'

interface Line {
  readonly text: string
}

/** States that a Pod passes through by itself. */
const PASSING = /^(?:ContainerCreating|Init:\d+\/\d+|Pending|PodInitializing|Terminating)$/

/** What kubectl says of a container that has not started: whatever was asked of it has changed nothing. */
const NOT_YET =
  /container not found|not running|ContainerCreating|PodInitializing|does not have a host assigned|is waiting to start|cannot exec/i

export function isNotYet(lines: readonly Line[]): boolean {
  return lines.some(({ text }) => NOT_YET.test(text))
}

/**
 * Whether what was printed is on its way to what the page shows: a state that passes, fewer lines of a log or of a
 * description, a count of restarts that is still to grow. A number or a name that is different stays so, and waiting would only change the rest.
 */
export function isOnItsWay(
  step: CommandStep,
  lines: readonly Line[],
  differences: readonly Difference[],
): boolean {
  if (lines.every(({ text }) => text.trim() === '') || isNotYet(lines)) return true
  const seen = readTable(lines, ({ text }) => text)
  const page = readTable(step.expected?.lines ?? [], ({ text }) => text)
  if (seen && page) return isTableOnItsWay(page.rows, seen.rows)
  const form = outputForm(step.source)
  if (form === 'log') return lines.length < (step.expected?.lines.length ?? 0)
  return form === 'tree' && differences.every((difference) => difference.seen === undefined)
}

function isTableOnItsWay(page: readonly Row<SourceLine>[], seen: readonly Row<Line>[]): boolean {
  if (seen.length < page.length) return true
  return seen.some(({ cells }) => {
    const { NAME: name, STATUS: status = '', READY: ready = '', RESTARTS: restarts = '' } = cells
    const own = page.find((row) => row.cells['NAME'] === name)?.cells ?? {}
    if (PASSING.test(status) && own['STATUS'] !== status) return true
    return isLess(ready, own['READY']) || isLess(restarts, own['RESTARTS'])
  })
}

/** `0/1` is less than `1/1`, and `0` than `1 (3s ago)`. */
function isLess(seen: string, page: string | undefined): boolean {
  return page !== undefined && Number.parseInt(seen, 10) < Number.parseInt(page, 10)
}
