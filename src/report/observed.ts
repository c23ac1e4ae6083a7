// Durations that nobody claimed anything about, taken together: the same Pod starts in many tests.

import { longestOf, seconds } from './duration-words.ts'
import type { RunReport } from './run-report.ts'

/** One kind of duration in a run. */
export interface Observed {
  /** `start myapp-pod` */
  readonly label: string
  readonly times: number
  readonly leastMs: number
  readonly mostMs: number
  /** The step in which the longest of them spent most of its time. */
  readonly mostly: string
}

/** The observed durations of a run by their label, in order of first appearance. */
export function observedOf({ tests }: RunReport): readonly Observed[] {
  const byLabel = new Map<string, Observed>()
  for (const { label, ms, claimed, segments } of tests.flatMap(({ durations }) => durations)) {
    if (claimed) continue
    const known = byLabel.get(label)
    const isLongest = !known || ms > known.mostMs
    byLabel.set(label, {
      label,
      times: (known?.times ?? 0) + 1,
      leastMs: Math.min(ms, known?.leastMs ?? ms),
      mostMs: Math.max(ms, known?.mostMs ?? ms),
      mostly: isLongest ? (longestOf(segments)?.label ?? '') : known.mostly,
    })
  }
  return [...byLabel.values()]
}

/** `0.862s`, or `0.862s to 0.941s (4 times)` */
export function observedRange({ times, leastMs, mostMs }: Observed): string {
  if (times === 1) return seconds(mostMs)
  const range = leastMs === mostMs ? seconds(mostMs) : `${seconds(leastMs)} to ${seconds(mostMs)}`
  return `${range} (${times} times)`
}
