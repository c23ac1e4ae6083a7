// Lays the segments of a duration out as bars under each other, each where its time lies.

import type { SegmentReport } from './run-report.ts'

const FULL = '█'
/** Less than half of a cell is still something. */
const SLIVER = '▏'

/** One bar per segment, as a text of `width` cells: blank before it began, blocks while it lasted. */
export function textBars(segments: readonly SegmentReport[], width: number): readonly string[] {
  const fromMs = segments[0]?.from ?? 0
  const totalMs = Math.max(1, (segments.at(-1)?.to ?? 0) - fromMs)
  const cell = (ms: number) => Math.round(((ms - fromMs) / totalMs) * width)
  return segments.map((segment) => {
    const start = Math.min(cell(segment.from), width - 1)
    const cells = cell(segment.to) - start
    return ' '.repeat(start) + (cells > 0 ? FULL.repeat(cells) : SLIVER)
  })
}
