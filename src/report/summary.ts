// How a run came out, in numbers.

import type { RunReport, TestReport } from './run-report.ts'

export interface Summary {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly claims: number
  readonly claimsHeld: number
}

export function summary({ tests }: RunReport): Summary {
  const claims = tests.flatMap((test) => test.claims)
  return {
    passed: count(tests, 'passed'),
    failed: count(tests, 'failed'),
    skipped: count(tests, 'skipped'),
    claims: claims.length,
    claimsHeld: claims.filter(({ held }) => held).length,
  }
}

/** `12 tests passed, 1 failed; 34 of 35 claims held` */
export function summaryText(report: RunReport): string {
  const { passed, failed, skipped, claims, claimsHeld } = summary(report)
  const tests = [
    `${passed} ${passed === 1 ? 'test' : 'tests'} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ]
  return `${tests.join(', ')}; ${claimsHeld} of ${claims} claims held`
}

function count(tests: readonly TestReport[], state: TestReport['state']): number {
  return tests.filter((test) => test.state === state).length
}
