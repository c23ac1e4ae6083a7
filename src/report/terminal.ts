// The report as a terminal shows it: every claim with its cluster time, then the timing with its waterfalls.

import type { Colours } from './colours.ts'
import { durationSentence, offset, seconds, segmentSeconds } from './duration-words.ts'
import { observedOf, observedRange } from './observed.ts'
import type { Observed } from './observed.ts'
import type { ClaimReport, DurationReport, RunReport, TestReport } from './run-report.ts'
import { ownTitle, suitesOf } from './suites.ts'
import { textBars } from './waterfall.ts'

const BAR_WIDTH = 48

/** One test with its claims, as progress shows it when it has ended. */
export function terminalTest(test: TestReport, colours: Colours): string {
  const mark = { passed: colours.green('✔'), failed: colours.red('✖'), skipped: colours.cyan('-') }[
    test.state
  ]
  const reason = test.reason === undefined ? '' : colours.cyan(` (skipped: ${test.reason})`)
  const claims = test.claims.map((claim) => terminalClaim(claim, colours))
  return [`${mark} ${ownTitle(test)}${reason}`, ...claims.map((line) => `  ${line}`)].join('\n')
}

function terminalClaim({ held, at, text }: ClaimReport, colours: Colours): string {
  const time = offset(at).padStart(10)
  return `${held ? colours.dim(time) : colours.red(time)}  ${held ? text : colours.red(`${text} failed`)}`
}

/** Everything that took time: claimed durations with their waterfalls, the others in short. */
export function terminalTiming(report: RunReport, colours: Colours): string {
  const suites = suitesOf(report).flatMap(({ titles, tests }) => {
    const claimed = tests.flatMap((test) => test.durations).filter((duration) => duration.claimed)
    if (claimed.length === 0) return []
    return [[`  ${titles.join(' › ')}`, ...claimed.map((each) => terminalDuration(each, colours))].join('\n')]
  })
  const observed = observedOf(report).map((each) => terminalObserved(each, colours))
  const parts = [...suites, ...(observed.length === 0 ? [] : [['  observed', ...observed].join('\n')])]
  return parts.length === 0 ? '' : `${colours.bold('Timing')} (cluster time)\n\n${parts.join('\n\n')}\n`
}

function terminalDuration(duration: DurationReport, colours: Colours): string {
  const mark = duration.held ? colours.green('✔') : colours.red('✖')
  const headline = `    ${mark} ${durationSentence(duration)}: ${colours.bold(seconds(duration.ms))}`
  return [headline, ...waterfall(duration, colours)].join('\n')
}

function terminalObserved(observed: Observed, colours: Colours): string {
  const mostly = observed.mostly === '' ? '' : colours.dim(`, mostly ${observed.mostly}`)
  return `    ${colours.dim('·')} ${observed.label}: ${observedRange(observed)}${mostly}`
}

function waterfall({ segments }: DurationReport, colours: Colours): string[] {
  const bars = textBars(segments, BAR_WIDTH)
  const labelWidth = Math.max(...segments.map(({ label }) => label.length))
  const times = segments.map(segmentSeconds)
  const timeWidth = Math.max(...times.map((text) => text.length))
  return segments.map(({ label }, index) => {
    const columns = [
      label.padEnd(labelWidth),
      (times[index] ?? '').padStart(timeWidth),
      colours.cyan(bars[index] ?? ''),
    ]
    return `        ${columns.join('  ')}`
  })
}
