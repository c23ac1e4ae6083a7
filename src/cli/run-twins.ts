// Runs the same specs on several clusters, one after the other, and compares what each has shown with the first.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readRecording } from '../history/recording.ts'
import { loadConfig } from '../mocha/load-config.ts'
import { settingsOf } from '../mocha/settings.ts'
import { writeFileAtomically } from '../report/atomic-write.ts'
import { historyFile } from '../report/history-file.ts'
import type { RunReport } from '../report/run-report.ts'
import { folderName } from '../report/write-reports.ts'
import { showTwin, twinSummary } from '../scenario/show-twin.ts'
import { compareTwins, twinVerdict } from '../scenario/twin.ts'
import type { Twin, TwinReport } from '../scenario/twin.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import type { TestOptions } from './test.ts'
import { UsageError } from './usage-error.ts'

/**
 * Each run is a process of its own, as `podproof test` on that cluster alone is. Ends with 1 if a claim failed on any cluster, or if
 * two of them diverge; with 3 if a cluster was not fit. Throws UsageError and ConfigError.
 */
export async function runTwins(
  clusters: readonly string[],
  specs: readonly string[],
  options: TestOptions,
): Promise<ExitCode> {
  const twice = clusters.find((name, index) => clusters.indexOf(name) !== index)
  if (twice !== undefined) throw new UsageError(`--cluster ${clusters.join(',')}: ${twice} is there twice`)
  const { reportsFolder } = settingsOf(await loadConfig(process.cwd()))
  const reports = options.reports ?? reportsFolder
  const folder = mkdtempSync(join(tmpdir(), 'podproof-twins-'))
  try {
    const runs: Run[] = []
    for (const cluster of clusters) runs.push(await runOn(cluster, specs, options, folder))
    return conclude(runs, reports, options)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What one process has left. */
interface Run {
  readonly code: ExitCode
  readonly twin: Twin | undefined
}

async function runOn(
  cluster: string,
  specs: readonly string[],
  options: TestOptions,
  folder: string,
): Promise<Run> {
  const histories = options.histories ?? join(folder, 'histories')
  const ofCluster = join(histories, folderName(cluster))
  const report = join(folder, `${folderName(cluster)}.json`)
  const own = { ...options, cluster, histories: ofCluster, reportJson: report }
  const code = await runSelf(['test', ...specs, ...argumentsOf(own)], options.json ?? false)
  return { code, twin: existsSync(report) ? twinIn(report, ofCluster) : undefined }
}

function twinIn(file: string, histories: string): Twin {
  return {
    report: JSON.parse(readFileSync(file, 'utf8')) as RunReport,
    historyOf: (test) => {
      const recording = join(histories, historyFile(test))
      return existsSync(recording) ? readRecording(JSON.parse(readFileSync(recording, 'utf8'))) : undefined
    },
  }
}

function conclude(runs: readonly Run[], reports: string, { json = false }: TestOptions): ExitCode {
  const worst = Math.max(...runs.map(({ code }) => code)) as ExitCode
  const [first, ...others] = runs.flatMap(({ twin }) => twin ?? [])
  const compared = first ? others.map((other) => compareTwins(first, other)) : []
  for (const report of compared) {
    const files = writeTwin(report, reports)
    process.stdout.write(json ? `${JSON.stringify(report)}\n` : `\n${showTwin(report)}${files.join('  ')}\n`)
  }
  const diverges = compared.some(({ tests }) => tests.some((test) => twinVerdict(test) === 'diverges'))
  return diverges && worst === EXIT.held ? EXIT.failed : worst
}

/** `<folder>/simulator-and-k3s/twin.json` and `twin.md`. */
function writeTwin(report: TwinReport, folder: string): readonly string[] {
  const ofBoth = join(folder, folderName(`${report.a.name}-and-${report.b.name}`))
  const files = { 'twin.json': `${JSON.stringify(report, undefined, 2)}\n`, 'twin.md': markdown(report) }
  return Object.entries(files).map(([name, text]) => {
    writeFileAtomically(join(ofBoth, name), text)
    return join(ofBoth, name)
  })
}

function markdown(report: TwinReport): string {
  return `# Where two clusters part\n\n${twinSummary(report)}.\n\n\`\`\`text\n${showTwin(report)}\`\`\`\n`
}

/** The options as they are typed: `keepFailed: true` is `--keep-failed`. */
function argumentsOf(options: TestOptions): readonly string[] {
  return Object.entries(options).flatMap(([name, value]: [string, unknown]) => {
    const flag = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    if (typeof value === 'boolean') return value ? [flag] : []
    return Array.isArray(value) ? value.flatMap((item) => [flag, String(item)]) : [flag, String(value)]
  })
}

/** Runs podproof once more, as this process was started; a signal to us is one to it. Answers its exit code. */
async function runSelf(args: readonly string[], isQuiet: boolean): Promise<ExitCode> {
  const stdio = ['ignore', isQuiet ? 'ignore' : 'inherit', 'inherit'] as const
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', ...args], {
    stdio: [...stdio],
  })
  const pass = (signal: NodeJS.Signals) => child.kill(signal)
  process.on('SIGINT', pass).on('SIGTERM', pass)
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  process.off('SIGINT', pass).off('SIGTERM', pass)
  return (code ?? 128 + (signal === 'SIGINT' ? 2 : 15)) as ExitCode
}
