// The RESTARTS column of a Pod.

import { humanDuration } from '../time/duration.ts'
import type { PodSummary } from './summary.ts'

/** What the RESTARTS column says at `nowMs`: '0', or '3 (10s ago)' since the previous instance had finished. */
export function restartsCell(summary: PodSummary, nowMs: number): string {
  const { restarts: count, lastRestartAtMs } = summary
  if (count === 0 || lastRestartAtMs === undefined) return String(count)
  return `${count} (${humanDuration(nowMs - lastRestartAtMs)} ago)`
}
