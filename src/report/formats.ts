// The formats in which a report is written to files, sorted by name. A new one is a file beside this one and a line here.

import { htmlReport } from './html.ts'
import { jsonReport } from './json.ts'
import { junitReport } from './junit.ts'
import { markdownReport } from './markdown.ts'
import type { RunReport } from './run-report.ts'

export interface ReportFormat {
  readonly name: string
  /** The file's name in the folder of the cluster. */
  readonly file: string
  readonly render: (report: RunReport) => string
}

export const REPORT_FORMATS = [
  { name: 'html', file: 'report.html', render: htmlReport },
  { name: 'json', file: 'report.json', render: jsonReport },
  { name: 'junit', file: 'junit.xml', render: junitReport },
  { name: 'markdown', file: 'report.md', render: markdownReport },
] as const satisfies readonly ReportFormat[]

export type ReportFormatName = (typeof REPORT_FORMATS)[number]['name']
