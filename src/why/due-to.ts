// Judges whether a duration is due to one step: would it still be as long without it?

import { formatDuration } from '../time/duration.ts'
import type { CriticalPath } from './critical-path.ts'
import { durationOf } from './critical-path.ts'
import type { Segment } from './life.ts'
import { stepLabel } from './step.ts'
import type { StepName } from './step.ts'

/** What was claimed of the duration, in milliseconds. */
export interface DurationBounds {
  readonly atLeastMs?: number
  readonly atMostMs?: number
}

export type Verdict = { readonly holds: true } | { readonly holds: false; readonly reason: string }

/**
 * With `atLeastMs`: the path without the step has to be shorter than that. Without: the step has to be the longest of the path.
 * Where the history does not tell the step's bounds exactly enough to decide, the claim does not hold, and the reason says so.
 */
export function isDueTo(path: CriticalPath, cause: StepName, bounds: DurationBounds = {}): Verdict {
  const own = path.segments.filter(({ step }) => step.name === cause)
  if (own.length === 0) return no(`no time was spent in ${cause}: ${pathInWords(path)}`)
  const { ms, leastMs, mostMs } = total(own)
  if (bounds.atLeastMs === undefined) return isLongest(path, cause, ms)
  if (path.durationMs - leastMs < bounds.atLeastMs) return { holds: true }
  const least = formatDuration(bounds.atLeastMs)
  if (path.durationMs - mostMs >= bounds.atLeastMs) {
    const without = formatDuration(path.durationMs - ms)
    return no(
      `without ${cause} (${formatDuration(ms)}) it would still take ${without}, which is at least ${least}`,
    )
  }
  return no(
    `the history does not tell: ${cause} took between ${formatDuration(leastMs)} and ${formatDuration(mostMs)}, ` +
      `and it decides whether the rest stays below ${least}`,
  )
}

function isLongest(path: CriticalPath, cause: StepName, ms: number): Verdict {
  const others = new Set(path.segments.map(({ step }) => step.name).filter((name) => name !== cause))
  for (const name of others) {
    const other = total(path.segments.filter(({ step }) => step.name === name)).ms
    if (other >= ms) return no(`${name} took ${formatDuration(other)}, ${cause} only ${formatDuration(ms)}`)
  }
  return { holds: true }
}

function total(segments: readonly Segment[]): { ms: number; leastMs: number; mostMs: number } {
  const sum = { ms: 0, leastMs: 0, mostMs: 0 }
  for (const segment of segments) {
    const { ms, leastMs, mostMs } = durationOf(segment)
    sum.ms += ms
    sum.leastMs += leastMs
    sum.mostMs += mostMs
  }
  return sum
}

/** 'scheduling 8ms, preStop (nginx) 20s, teardown 887ms'. */
export function pathInWords({ segments }: CriticalPath): string {
  if (segments.length === 0) return 'no time passed'
  return segments.map((each) => `${stepLabel(each.step)} ${formatDuration(durationOf(each).ms)}`).join(', ')
}

function no(reason: string): Verdict {
  return { holds: false, reason }
}
