// What the tests of a file cost in a run before, so that the work of the next can be divided.

import type { RunReport } from './run-report.ts'

/** A file that no report knows costs as much as a short test: a second of cluster time. */
const UNKNOWN_MS = 1_000

/** Answers the cost of a file: the cluster time of its claims, and a little for each test. */
export function costsOf(report: RunReport | undefined): (file: string) => number {
  const costs = new Map<string, number>()
  for (const { file, claims } of report?.tests ?? []) {
    const lastMs = Math.max(0, ...claims.map(({ at }) => at))
    costs.set(file, (costs.get(file) ?? 0) + UNKNOWN_MS + lastMs)
  }
  return (file) => costs.get(file) ?? UNKNOWN_MS
}
