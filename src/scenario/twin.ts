// The same specs on two clusters: test by test, what became of it on each, and where the two part.

import type { History } from '../history/history.ts'
import type { ReportedCluster, RunReport, TestReport } from '../report/run-report.ts'
import { compare, isAgreement } from './compare.ts'
import type { Divergence } from './compare.ts'
import { OF_TWINS } from './tolerances.ts'
import type { Tolerances } from './tolerances.ts'

/** One run of the specs; `historyOf` answers what a test has seen, or undefined if it touched no cluster. */
export interface Twin {
  readonly report: RunReport
  readonly historyOf: (test: TestReport) => History | undefined
}

/** Two runs of the same specs, as they are written to twin.json. */
export interface TwinReport {
  readonly format: 'podproof.twin/v1'
  readonly a: ReportedCluster
  readonly b: ReportedCluster
  readonly tolerances: Tolerances
  readonly tests: readonly TwinTest[]
}

export interface TwinTest {
  readonly file: string
  readonly title: readonly string[]
  /** What became of it on each; `absent` from a run that did not get to it. */
  readonly a: TwinState
  readonly b: TwinState
  /** Claims that held on one of the two only. */
  readonly claims: readonly TwinClaim[]
  /** Undefined where there are not two histories to compare: it was skipped on one of them. */
  readonly divergence?: Divergence
}

export type TwinState = TestReport['state'] | 'absent'

export interface TwinClaim {
  readonly text: string
  readonly heldOnA: boolean
  readonly heldOnB: boolean
}

/** Compares two runs. Tests are matched by file and title, in the order of the first run. */
export function compareTwins(a: Twin, b: Twin): TwinReport {
  const ofB = new Map(b.report.tests.map((test) => [keyOf(test), test]))
  const pairs = a.report.tests.map((test) => [test, ofB.get(keyOf(test))] as const)
  const ofA = new Set(a.report.tests.map(keyOf))
  const onlyB = b.report.tests.filter((test) => !ofA.has(keyOf(test)))
  return {
    format: 'podproof.twin/v1',
    a: a.report.cluster,
    b: b.report.cluster,
    tolerances: OF_TWINS,
    tests: [
      ...pairs.map(([testA, testB]) => twinTest(testA, { a, testA, b, testB })),
      ...onlyB.map((testB) => twinTest(testB, { a, testA: undefined, b, testB })),
    ],
  }
}

/** `agrees`, `diverges`, or `skipped` on at least one of the two, so that nothing can be said. */
export function twinVerdict({ a, b, claims, divergence }: TwinTest): 'agrees' | 'diverges' | 'skipped' {
  if (a === 'skipped' || b === 'skipped') return 'skipped'
  const isAlike = a === b && claims.length === 0 && (!divergence || isAgreement(divergence))
  return isAlike ? 'agrees' : 'diverges'
}

interface Pair {
  readonly a: Twin
  readonly testA: TestReport | undefined
  readonly b: Twin
  readonly testB: TestReport | undefined
}

function twinTest({ file, title }: TestReport, { a, testA, b, testB }: Pair): TwinTest {
  const historyA = testA && a.historyOf(testA)
  const historyB = testB && b.historyOf(testB)
  return {
    file,
    title,
    a: testA?.state ?? 'absent',
    b: testB?.state ?? 'absent',
    claims: testA && testB ? differentClaims(testA, testB) : [],
    ...(historyA && historyB && { divergence: compare(historyA, historyB, OF_TWINS) }),
  }
}

/** A test ends at the first claim that fails: those after it were asked of one cluster only, and say nothing. */
function differentClaims(a: TestReport, b: TestReport): TwinClaim[] {
  return a.claims.flatMap(({ text, held }, index) => {
    const other = b.claims[index]
    if (other?.text !== text || other.held === held) return []
    return [{ text, heldOnA: held, heldOnB: other.held }]
  })
}

function keyOf({ file, title }: TestReport): string {
  return JSON.stringify([file, ...title])
}
