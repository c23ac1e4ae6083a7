// A report as lines of a log, among whatever else is written there, and back.

import type { RunReport } from './run-report.ts'

/** Runtimes cut lines of more than 16 KiB (containerd: pkg/cri/io/logger.go), and the two streams may meet at the cut. */
const LONGEST_PART = 4_000
const LINE = /^podproof\.report (\d+)\/(\d+) (.*)$/

/** `podproof.report 1/3 {...`: the JSON of a report in numbered parts. */
export function reportLines(report: RunReport): readonly string[] {
  const text = JSON.stringify(report)
  const count = Math.ceil(text.length / LONGEST_PART)
  return Array.from({ length: count }, (_, index) => {
    const part = text.slice(index * LONGEST_PART, (index + 1) * LONGEST_PART)
    return `podproof.report ${index + 1}/${count} ${part}`
  })
}

/** The report in the lines of a log; undefined if there is none, or not all of it. The last counts. */
export function reportInLines(lines: readonly string[]): RunReport | undefined {
  let parts: string[] = []
  let whole: string | undefined
  for (const line of lines) {
    const [, number, count, part = ''] = LINE.exec(line) ?? []
    if (number === undefined) continue
    if (number === '1') parts = []
    parts.push(part)
    if (number === count && parts.length === Number(count)) whole = parts.join('')
  }
  return whole === undefined ? undefined : (JSON.parse(whole) as RunReport)
}
