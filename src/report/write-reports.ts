// Puts the reports of a run where they belong: one folder for each cluster.

import { join } from 'node:path'
import { writeFileAtomically } from './atomic-write.ts'
import { REPORT_FORMATS } from './formats.ts'
import type { ReportFormatName } from './formats.ts'
import type { RunReport } from './run-report.ts'

/** Writes `<folder>/<cluster>/report.*` in the given formats. Answers the paths, in the order of the list of formats. */
export function writeReports(
  report: RunReport,
  folder: string,
  formats: readonly ReportFormatName[],
): readonly string[] {
  const ofCluster = join(folder, folderName(report.cluster.name))
  return REPORT_FORMATS.filter(({ name }) => formats.includes(name)).map(({ file, render }) => {
    const path = join(ofCluster, file)
    writeFileAtomically(path, render(report))
    return path
  })
}

/** A cluster's name as a folder: `kubeconfig:prod/eu` has characters that some file systems refuse. */
export function folderName(cluster: string): string {
  return cluster.replaceAll(/[^\w.-]+/g, '-')
}
