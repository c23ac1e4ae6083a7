// Draws a duration as an SVG waterfall: a row for each segment, on one time axis.

import { STEP_FAMILIES } from './step-families.ts'
import { seconds, segmentSeconds } from './duration-words.ts'
import { escapeMarkup } from './escape-markup.ts'
import type { DurationReport, SegmentReport } from './run-report.ts'

const WIDTH = 860
const LABEL = 250
const TIME = 110
const ROW = 24
const AXIS = 22
const CHART = WIDTH - LABEL - TIME

/** The waterfall, styled by classes of the page: `axis`, `label`, `time`, and one for each family of steps. */
export function svgWaterfall(duration: DurationReport): string {
  const { segments, ms, label } = duration
  const height = segments.length * ROW + AXIS
  const open = `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeMarkup(`${label}: ${seconds(ms)}`)}">`
  const rows = segments.map((segment, index) => row(segment, index, duration))
  return [open, ...axis(duration, height), ...rows, '</svg>'].join('\n')
}

function row(segment: SegmentReport, index: number, { from, ms }: DurationReport): string {
  const y = index * ROW
  const x = LABEL + scaled(segment.from - from, ms)
  // Even a step of a millisecond is there, and can be pointed at.
  const width = Math.max(1.5, scaled(segment.ms, ms))
  const time = segmentSeconds(segment)
  return [
    `<g><title>${escapeMarkup(`${segment.label}: ${time}, known from ${segment.source}`)}</title>`,
    `<text class="label" x="0" y="${y + 16}">${escapeMarkup(segment.label)}</text>`,
    `<rect class="${STEP_FAMILIES[segment.step]}" x="${figure(x)}" y="${y + 4}" width="${figure(width)}" height="${ROW - 8}" rx="2"/>`,
    `<text class="time" x="${WIDTH}" y="${y + 16}">${escapeMarkup(time)}</text></g>`,
  ].join('')
}

function axis({ ms }: DurationReport, height: number): string[] {
  const stepMs = tickMs(ms)
  const ticks = Array.from({ length: Math.floor(ms / stepMs) + 1 }, (_, index) => index * stepMs)
  return ticks.map((tick) => {
    const x = figure(LABEL + scaled(tick, ms))
    return `<g class="axis"><line x1="${x}" y1="0" x2="${x}" y2="${height - AXIS + 4}"/><text x="${x}" y="${height - 5}">${tickText(tick)}</text></g>`
  })
}

const NICE = [1, 2, 5]

/** The smallest of 1, 2, 5, 10, 20, 50 ... milliseconds of which at most ten fit into the duration. */
function tickMs(ms: number): number {
  for (let unit = 1; ; unit *= 10) {
    const fit = NICE.find((nice) => ms / (nice * unit) <= 10)
    if (fit !== undefined) return fit * unit
  }
}

function tickText(ms: number): string {
  return ms < 1_000 && ms > 0 ? `${ms}ms` : `${ms / 1_000}s`
}

function scaled(ms: number, totalMs: number): number {
  return totalMs === 0 ? 0 : (ms / totalMs) * CHART
}

/** Two digits are less than a pixel, and the same on every machine. */
function figure(value: number): string {
  return String(Math.round(value * 100) / 100)
}
