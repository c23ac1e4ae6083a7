// The report as JUnit XML, for continuous integration. Its times are cluster time, so that it is as stable as the rest.

import { durationSentence, offset, seconds } from './duration-words.ts'
import { escapeMarkup } from './escape-markup.ts'
import type { RunReport, TestReport } from './run-report.ts'
import { ownTitle, suitesOf } from './suites.ts'
import type { Suite } from './suites.ts'
import { summary } from './summary.ts'

export function junitReport(report: RunReport): string {
  const { failed, skipped } = summary(report)
  const counts = attributes({ name: 'podproof', tests: report.tests.length, failures: failed, skipped })
  const suites = suitesOf(report).map(suiteElement)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${counts}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n')
}

function suiteElement({ file, titles, tests }: Suite): string {
  const count = (state: TestReport['state']) => tests.filter((test) => test.state === state).length
  const head = attributes({
    name: titles.join(' › '),
    file,
    tests: tests.length,
    failures: count('failed'),
    skipped: count('skipped'),
    time: inSeconds(tests.reduce((sum, test) => sum + lengthMs(test), 0)),
  })
  return [`  <testsuite${head}>`, ...tests.map((test) => testElement(test, titles)), '  </testsuite>'].join(
    '\n',
  )
}

function testElement(test: TestReport, titles: readonly string[]): string {
  const head = attributes({
    name: ownTitle(test),
    classname: titles.join(' › '),
    file: test.file,
    time: inSeconds(lengthMs(test)),
  })
  const parts = [...failureElement(test), ...skippedElement(test), ...outputElement(test)]
  if (parts.length === 0) return `    <testcase${head}/>`
  return [`    <testcase${head}>`, ...parts.map((part) => `      ${part}`), '    </testcase>'].join('\n')
}

function failureElement({ failure }: TestReport): string[] {
  if (failure === undefined) return []
  const [message = ''] = failure.split('\n')
  return [`<failure${attributes({ message, type: 'ClaimFailure' })}>${escapeMarkup(failure)}</failure>`]
}

function skippedElement({ state, reason }: TestReport): string[] {
  if (state !== 'skipped') return []
  return [`<skipped${reason === undefined ? '' : attributes({ message: reason })}/>`]
}

function outputElement({ claims, durations }: TestReport): string[] {
  const lines = [
    ...claims.map(({ at, text, held }) => `${offset(at)} ${text}${held ? '' : ' failed'}`),
    ...durations.map((duration) => `${durationSentence(duration)}: ${seconds(duration.ms)}`),
  ]
  return lines.length === 0 ? [] : [`<system-out>${escapeMarkup(lines.join('\n'))}</system-out>`]
}

/** From the start of the test to the last thing that is known of it. */
function lengthMs({ claims, durations }: TestReport): number {
  return Math.max(0, ...claims.map(({ at }) => at), ...durations.map(({ to }) => to))
}

function inSeconds(ms: number): string {
  return (ms / 1_000).toFixed(3)
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeMarkup(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('')
}
