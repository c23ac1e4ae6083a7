// The report as JSON: the data itself.

import type { RunReport } from './run-report.ts'

export function jsonReport(report: RunReport): string {
  return `${JSON.stringify(report, undefined, 2)}\n`
}
