// Merges the reports of a command line and writes the result in every format.

import { existsSync, readFileSync } from 'node:fs'
import { mergeReports } from '../report/merge-reports.ts'
import type { RunReport } from '../report/run-report.ts'
import { writeReports } from '../report/write-reports.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import type { MergeOptions } from './merge.ts'
import { UsageError } from './usage-error.ts'

/** Ends with 1 if a test of any shard failed. Throws UsageError. */
export function runMerge(files: readonly string[], { reports: folder }: MergeOptions): ExitCode {
  const merged = mergedOf(files.map(reportIn))
  console.log(writeReports(merged, folder, ['html', 'json', 'markdown']).join('  '))
  return merged.tests.some(({ state }) => state === 'failed') ? EXIT.failed : EXIT.held
}

function mergedOf(reports: readonly RunReport[]): RunReport {
  try {
    return mergeReports(reports)
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function reportIn(file: string): RunReport {
  if (!existsSync(file)) throw new UsageError(`there is no report ${file}`)
  const report = JSON.parse(readFileSync(file, 'utf8')) as RunReport
  if (report.format === 'podproof.report/v1') return report
  throw new UsageError(`${file} is no report of podproof: its format is ${String(report.format)}`)
}
