// The report as a terminal shows it: every claim with its cluster time, then the timing with its waterfalls.

import type { Colours } from './colours.ts'
import { durationSentence, offset, seconds, segmentSeconds } from './duration-words.ts'
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

/** Everything that took time. Claimed durations come with their waterfall, observed ones on one line. */
export function terminalTiming(report: RunReport, colours: Colours): string {
  const suites = suitesOf(report).flatMap(({ titles, tests }) => {
    const durations = tests.flatMap((test) => test.durations)
    if (durations.length === 0) return []
    return [
      [colours.bold(titles.join(' › ')), ...durations.map((each) => terminalDuration(each, colours))].join(
        '\n',
      ),
    ]
  })
  return suites.length === 0 ? '' : `${colours.bold('Timing')} (cluster time)\n\n${suites.join('\n\n')}\n`
}

function terminalDuration(duration: DurationReport, colours: Colours): string {
  const { claimed, held, ms } = duration
  const mark = !claimed ? colours.dim('·') : held ? colours.green('✔') : colours.red('✖')
  const headline = `  ${mark} ${durationSentence(duration)}: ${colours.bold(seconds(ms))}`
  return claimed ? [headline, ...waterfall(duration, colours)].join('\n') : headline
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
    return `      ${columns.join('  ')}`
  })
}
