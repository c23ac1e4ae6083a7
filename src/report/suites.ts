// Groups the tests of a run as their specs do: by file, then by the titles of their suites.

import type { RunReport, TestReport } from './run-report.ts'

/** Tests that stand next to each other under the same titles. */
export interface Suite {
  readonly file: string
  readonly titles: readonly string[]
  readonly tests: readonly TestReport[]
}

/** The suites in the order of their first test. */
export function suitesOf({ tests }: RunReport): readonly Suite[] {
  const suites = new Map<string, { file: string; titles: readonly string[]; tests: TestReport[] }>()
  for (const test of tests) {
    const titles = test.title.slice(0, -1)
    const key = JSON.stringify([test.file, titles])
    const suite = suites.get(key) ?? { file: test.file, titles, tests: [] }
    suites.set(key, suite)
    suite.tests.push(test)
  }
  return [...suites.values()]
}

/** A test's own title. */
export function ownTitle({ title }: TestReport): string {
  return title.at(-1) ?? ''
}
