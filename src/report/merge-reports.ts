// Puts the reports of shards together: the same report as of one run of all.

import type { RunReport } from './run-report.ts'

/** Throws an Error for reports that are not of one run: other clusters, other seeds, a test twice. */
export function mergeReports(reports: readonly RunReport[]): RunReport {
  // A shard without tests has seen no cluster: its version is unknown.
  const first = reports.find(({ tests }) => tests.length > 0) ?? reports[0]
  if (!first) throw new Error('there is no report to merge')
  for (const { cluster, seed, tests } of reports) {
    if (tests.length === 0) continue
    if (cluster.name !== first.cluster.name || cluster.version !== first.cluster.version)
      throw new Error(
        `the reports are of different clusters: ${first.cluster.name} ${first.cluster.version}, ${cluster.name} ${cluster.version}`,
      )
    if (seed !== first.seed) throw new Error(`the reports are of different seeds: ${first.seed}, ${seed}`)
  }
  const tests = reports.flatMap((report) => report.tests)
  const names = tests.map(({ file, title }) => [file, ...title].join(' › '))
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new Error(`a test is in more than one report: ${twice}`)
  // Within a file the order is that of its tests, and a file is in one report.
  return { ...first, tests: tests.toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)) }
}
