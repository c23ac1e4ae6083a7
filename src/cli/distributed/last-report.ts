// The report of the last run, cut down to what shards are divided by.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunReport } from '../../report/run-report.ts'
import type { ProjectFile } from './project-files.ts'

/** Where the Pods find it, in the folder of the project. */
export const LAST_REPORT = '.podproof-last-report.json'

/** Undefined where there was no run yet. */
export function lastReport(folder: string, cluster: string): ProjectFile | undefined {
  const file = join(folder, cluster, 'report.json')
  if (!existsSync(file)) return undefined
  const report = JSON.parse(readFileSync(file, 'utf8')) as RunReport
  const tests = report.tests.map(({ claims, ...test }) => ({
    ...test,
    failure: undefined,
    claims: claims.map(({ at }) => ({ at })),
    durations: [],
  }))
  return { path: LAST_REPORT, text: JSON.stringify({ ...report, tests }) }
}
