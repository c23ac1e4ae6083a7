// The report as Markdown: claims with their cluster times, and a table for each claimed duration.

import { durationSentence, offset, seconds, segmentSeconds } from './duration-words.ts'
import { observedOf, observedRange } from './observed.ts'
import type { Observed } from './observed.ts'
import type { DurationReport, RunReport, TestReport } from './run-report.ts'
import { ownTitle, suitesOf } from './suites.ts'
import { summaryText } from './summary.ts'

/** The whole report as a Markdown page. */
export function markdownReport(report: RunReport): string {
  const { cluster, seed } = report
  const facts = [
    `Cluster: ${cluster.name} (${cluster.version})`,
    ...(seed === undefined ? [] : [`seed: ${seed}`]),
  ]
  return [
    '# What podproof found\n',
    `${facts.join(', ')}. ${summaryText(report)}. Times are cluster time; offsets count from the start of each test.\n`,
    ...timing(report),
    '## Claims\n',
    ...suitesOf(report).flatMap(({ file, titles, tests }) => [
      `### ${text(titles.join(' › '))}\n`,
      `\`${file}\`\n`,
      ...tests.map(testSection),
    ]),
  ].join('\n')
}

function timing(report: RunReport): string[] {
  const claimed = report.tests.flatMap(({ durations }) => durations).filter((duration) => duration.claimed)
  const observed = observedOf(report)
  if (claimed.length + observed.length === 0) return []
  return [
    '## Timing\n',
    ...claimed.map(durationSection),
    ...(observed.length === 0 ? [] : [observedTable(observed)]),
  ]
}

function durationSection(duration: DurationReport): string {
  const verdict = duration.held ? '' : ' **does not hold**'
  const rows = duration.segments.map((segment) => {
    const share = duration.ms === 0 ? 0 : Math.round((segment.ms / duration.ms) * 100)
    return `| ${text(segment.label)} | ${offset(segment.from)} | ${segmentSeconds(segment)} | ${share} % | ${segment.source} |`
  })
  return [
    `**${text(durationSentence(duration))}**: measured ${seconds(duration.ms)}${verdict}\n`,
    '| step | begins | takes | share | known from |',
    '| --- | ---: | ---: | ---: | --- |',
    ...rows,
    '',
  ].join('\n')
}

function observedTable(observed: readonly Observed[]): string {
  const rows = observed.map(
    (each) => `| ${text(each.label)} | ${observedRange(each)} | ${text(each.mostly)} |`,
  )
  return ['| observed | took | mostly |', '| --- | ---: | --- |', ...rows, ''].join('\n')
}

function testSection(test: TestReport): string {
  const mark = { passed: '✔', failed: '✖', skipped: '–' }[test.state]
  const reason = test.reason === undefined ? '' : ` (skipped: ${text(test.reason)})`
  const claims = test.claims.map(
    (claim) => `  - \`${offset(claim.at)}\` ${code(claim.text)}${claim.held ? '' : ' **failed**'}`,
  )
  const failure = test.failure === undefined ? [] : ['', ...fenced(test.failure)]
  return [`- ${mark} ${text(ownTitle(test))}${reason}`, ...claims, ...failure, ''].join('\n')
}

/** A fence inside a list item. */
function fenced(content: string): string[] {
  return [
    '  ```text',
    ...content
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`.trimEnd()),
    '  ```',
  ]
}

/** Text that Markdown must not read as markup. */
function text(content: string): string {
  return content.replaceAll(/[\\`*_[\]<>|]/g, (sign) => `\\${sign}`)
}

/** Code with a fence long enough for the backticks in it. */
function code(content: string): string {
  const runs = content.match(/`+/g) ?? []
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1)
  return fence.length === 1 ? `\`${content}\`` : `${fence} ${content} ${fence}`
}
