// A twin report for people: the tests that part, each with what differs, and in the end how many agree.

import { showDivergence } from './show-divergence.ts'
import { twinVerdict } from './twin.ts'
import type { TwinReport, TwinTest } from './twin.ts'

/** The report as plain text; only tests that diverge are shown one by one. */
export function showTwin(report: TwinReport): string {
  const { a, b, tests } = report
  const parting = tests.filter((test) => twinVerdict(test) === 'diverges')
  const head = `Twins: ${a.name} (${a.version}) and ${b.name} (${b.version})`
  return [head, '', ...parting.map((test) => `${showTest(test, report)}\n`), twinSummary(report), ''].join(
    '\n',
  )
}

/** `12 of 14 tests agree on both, 1 diverges, 1 was skipped on one of them` */
export function twinSummary({ tests }: TwinReport): string {
  const count = (verdict: string) => tests.filter((test) => twinVerdict(test) === verdict).length
  const [diverging, skipped] = [count('diverges'), count('skipped')]
  return [
    `${count('agrees')} of ${tests.length} tests agree`,
    ...(diverging > 0 ? [`${diverging} ${diverging === 1 ? 'diverges' : 'diverge'}`] : []),
    ...(skipped > 0 ? [`${skipped} skipped on at least one of the two`] : []),
  ].join(', ')
}

function showTest({ title, a, b, claims, divergence }: TwinTest, report: TwinReport): string {
  const names = { a: report.a.name, b: report.b.name }
  const lines = [
    ...(a === b ? [] : [`${a} on ${names.a}, ${b} on ${names.b}`]),
    ...claims.map(({ text, heldOnA }) =>
      heldOnA ? `holds on ${names.a} only: ${text}` : `holds on ${names.b} only: ${text}`,
    ),
    ...(divergence ? showDivergence(divergence, names).split('\n').slice(1) : []),
  ]
  const shown = lines.map((line) => (line.startsWith('  ') ? line : `  ${line}`))
  return [`✖ ${title.join(' › ')}  (- ${names.a}, + ${names.b})`, ...shown].join('\n')
}
