// The verdicts on pages as JUnit XML: a page is a suite, a command a case.

import { escapeMarkup as escapeText } from '../../report/escape-markup.ts'
import { type CommandVerdict, countVerdicts, type PageFinding, type PageVerdict } from '../verdict.ts'
import { printable } from './printable.ts'

export function pagesAsJunit(pages: readonly PageVerdict[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="podproof">',
    ...pages.map(suite),
    '</testsuites>',
    '',
  ].join('\n')
}

function suite(page: PageVerdict): string {
  const { differs, notRun, findings } = countVerdicts(page)
  const tests = page.commands.length + findings
  const head = `name="${escapeMarkup(page.path)}" tests="${tests}" failures="${differs + findings}" skipped="${notRun}"`
  const cases = [
    ...page.commands.map((command) => commandCase(page.path, command)),
    ...page.findings.map((finding) => findingCase(page.path, finding)),
  ]
  return [`  <testsuite ${head}>`, ...cases, '  </testsuite>'].join('\n')
}

function commandCase(path: string, { step, verdict, reason, differences }: CommandVerdict): string {
  const name = escapeMarkup(`${step.line}: ${step.source.split('\n')[0] ?? ''}`)
  const head = `    <testcase classname="${escapeMarkup(path)}" name="${name}"`
  if (verdict === 'holds') return `${head}/>`
  if (verdict === 'not run') return `${head}><skipped message="${escapeMarkup(reason ?? '')}"/></testcase>`
  const details = differences.map(
    ({ line, expected, seen }) => `line ${line.line}: expected ${expected}, got ${seen ?? 'nothing'}`,
  )
  const message = reason ?? details[0] ?? 'differs'
  return `${head}><failure message="${escapeMarkup(message)}">${escapeMarkup(details.join('\n'))}</failure></testcase>`
}

function findingCase(path: string, { lines, message }: PageFinding): string {
  const place = lines.map(({ line }) => line).join(', ')
  return `    <testcase classname="${escapeMarkup(path)}" name="${place}"><failure message="${escapeMarkup(message)}"/></testcase>`
}

/** No document takes control characters: XML forbids them. */
function escapeMarkup(text: string): string {
  return escapeText(printable(text))
}
