// Durations in words and in figures, the same in every output.

import { formatDuration } from '../time/duration.ts'
import type { DurationReport, SegmentReport } from './run-report.ts'

/** What is said of a duration: `delete vito-demo-po-nginx takes ≥20s due to preStop, ≤31s`. */
export function durationSentence({ label, atLeastMs, atMostMs, cause }: DurationReport): string {
  const due = cause === undefined ? '' : ` due to ${cause}`
  if (atLeastMs !== undefined) {
    const most = atMostMs === undefined ? '' : `, ≤${formatDuration(atMostMs)}`
    return `${label} takes ≥${formatDuration(atLeastMs)}${due}${most}`
  }
  if (atMostMs !== undefined) return `${label} takes ≤${formatDuration(atMostMs)}${due}`
  return `${label}${due}`
}

/** The segment in which most of the time was spent. */
export function longestOf(segments: readonly SegmentReport[]): SegmentReport | undefined {
  return segments.toSorted((a, b) => b.ms - a.ms)[0]
}

/** Milliseconds in seconds with three digits: `20.914s`. */
export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(3)}s`
}

/** An instant as an offset: `+20.914s`. */
export function offset(ms: number): string {
  return `+${seconds(ms)}`
}

/** The duration of a segment with how exact it is: `20.000s`, `0.2s ±0.4s`. */
export function segmentSeconds({ ms, leastMs, mostMs }: SegmentReport): string {
  const error = Math.max(ms - leastMs, mostMs - ms)
  return error === 0
    ? seconds(ms)
    : `${(ms / 1_000).toFixed(1)}s ±${Math.max(0.1, error / 1_000).toFixed(1)}s`
}
