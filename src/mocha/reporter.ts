// The mocha reporter: progress as it happens, then failures, the timing report, and the files under reports/.

import type { Hook, Runner, Suite, Test } from 'mocha'
import { writeFileAtomically } from '../report/atomic-write.ts'
import { coloursOf } from '../report/colours.ts'
import type { Colours } from '../report/colours.ts'
import { jsonReport } from '../report/json.ts'
import { reportLines } from '../report/report-lines.ts'
import type { RunReport, TestReport } from '../report/run-report.ts'
import { summaryText } from '../report/summary.ts'
import { terminalTest, terminalTiming } from '../report/terminal.ts'
import { writeReports } from '../report/write-reports.ts'
import { isEnvironmentFailure } from './environment-failure.ts'
import { failureText } from './failure-text.ts'
import { noted, openSpool } from './journal.ts'
import { Progress } from './progress.ts'
import { currentSettings } from './settings.ts'
import { keyText, testKey } from './test-key.ts'
import type { TestKey } from './test-key.ts'

/** What mocha hands to a reporter beside the runner. */
interface MochaOptions {
  readonly parallel?: boolean | undefined
  readonly reporterOptions?: { readonly json?: boolean; readonly outcome?: RunOutcome }
}

/** What a program that runs mocha wants to know in the end. */
export interface RunOutcome {
  environmentFailed: boolean
}

/** Reads mocha's events and the journal of the hooks. Constructed by mocha. */
export default class PodproofReporter {
  readonly #colours: Colours = coloursOf(process.stdout)
  readonly #progress: Progress
  readonly #isJson: boolean
  readonly #outcome: RunOutcome
  readonly #closeSpool: () => void
  readonly #results: { readonly key: TestKey; readonly result: Result }[] = []
  readonly #failures: { readonly title: string; readonly text: string }[] = []
  readonly #runner: Runner

  constructor(runner: Runner, { parallel, reporterOptions = {} }: MochaOptions = {}) {
    this.#runner = runner
    this.#isJson = reporterOptions.json ?? false
    this.#outcome = reporterOptions.outcome ?? { environmentFailed: false }
    this.#progress = new Progress(this.#isJson ? undefined : process.stdout, this.#colours)
    this.#closeSpool = parallel ? this.#spool() : () => {}
    runner.on('suite', ({ root, title }: Suite) => root || this.#progress.beginSuite(title))
    runner.on('suite end', ({ root }: Suite) => root || this.#progress.endSuite())
    runner.on('test', (test: Test) => this.#progress.begin(test.title))
    runner.on('pass', (test: Test) => this.#note(test, { state: 'passed' }))
    runner.on('pending', (test: Test) => this.#skipped(test))
    runner.on('fail', (test: Test | Hook, error: unknown) => this.#failed(test, error))
  }

  /** Called by mocha when the run is over; mocha ends when `finish` is called. */
  done(failures: number, finish: (failures: number) => void): void {
    void this.#conclude()
      .catch((error: unknown) => {
        process.stderr.write(`podproof: the reports could not be written: ${String(error)}\n`)
        this.#outcome.environmentFailed = true
      })
      .finally(() => {
        this.#closeSpool()
        finish(failures)
      })
  }

  /** A signal must not leave the spool behind; mocha itself ends the process after SIGINT. */
  #spool(): () => void {
    const close = openSpool()
    process.once('exit', close)
    process.once('SIGINT', close)
    process.once('SIGTERM', () => {
      close()
      process.kill(process.pid, 'SIGTERM')
    })
    return close
  }

  #skipped(test: Test): void {
    const reason = noted('skip', testKey(test))
    this.#note(test, { state: 'skipped', ...(reason !== undefined && { reason }) })
  }

  #failed(failed: Test | Hook, error: unknown): void {
    // A hook that fails before or after a test lets that test down.
    const test = failed.type === 'hook' ? (failed.ctx?.currentTest ?? failed) : failed
    if (isNotRun(error)) return this.#notRun(test)
    const text = failureText(error)
    const place = failed === test ? '' : `${failed.title}: `
    this.#failures.push({ title: test.titlePath().join(' › '), text: text.terminal })
    if (isEnvironmentFailure(error)) this.#outcome.environmentFailed = true
    if (failed !== test) this.#forget(testKey(test))
    this.#note(test, { state: 'failed', failure: place + text.report })
  }

  /** A test that has passed has not, when a hook after it fails. */
  #forget(key: TestKey): void {
    const index = this.#results.findIndex((result) => keyText(result.key) === keyText(key))
    if (index >= 0) this.#results.splice(index, 1)
  }

  /** mocha fails the tests that come after a failed hook; the one for which the hook ran is known already. */
  #notRun(test: Test | Hook): void {
    const name = keyText(testKey(test))
    if (this.#results.some(({ key }) => keyText(key) === name)) return
    this.#note(test, { state: 'skipped', reason: 'a hook before it failed' })
  }

  #note(test: Test | Hook, result: Result): void {
    const key = testKey(test)
    this.#results.push({ key, result })
    this.#progress.end(terminalTest(testReport(key, result), this.#colours))
  }

  async #conclude(): Promise<void> {
    const settings = await currentSettings()
    const { seed, cluster: clusterName, reportsFolder, reportFormats } = settings
    const cluster = this.#results
      .map(({ key }) => noted('test', key)?.cluster)
      .find((found) => found !== undefined)
    const report: RunReport = {
      format: 'podproof.report/v1',
      cluster: cluster ?? { name: clusterName, version: 'unknown' },
      ...(clusterName === 'simulator' && { seed }),
      tests: this.#results.map(({ key, result }) => testReport(key, result)).toSorted(byFile),
    }
    // Where no test touched a cluster there is nothing to report about one.
    const files = cluster ? writeReports(ofClaimingSpecs(report), reportsFolder, reportFormats) : []
    if (settings.reportJson !== undefined) writeFileAtomically(settings.reportJson, jsonReport(report))
    if (settings.reportLog) process.stdout.write(`${reportLines(ofClaimingSpecs(report)).join('\n')}\n`)
    process.stdout.write(this.#isJson ? jsonReport(report) : this.#conclusion(report, files))
  }

  #conclusion(report: RunReport, files: readonly string[]): string {
    const { bold, dim, green, red } = this.#colours
    const failures = this.#failures.map(
      ({ title, text }, index) => `${red(`✖ ${index + 1}) ${title}`)}\n\n${text}\n`,
    )
    const timing = terminalTiming(report, this.#colours)
    const paint = this.#failures.length === 0 ? green : red
    const wall = dim(` (${((this.#runner.stats?.duration ?? 0) / 1_000).toFixed(1)}s of wall time)`)
    const parts = [
      ...(failures.length === 0 ? [] : [bold('Failures\n'), ...failures]),
      ...(timing === '' ? [] : [timing]),
      paint(summaryText(report)) + wall,
      ...(files.length === 0 ? [] : [dim(files.join('  '))]),
    ]
    return `\n${parts.join('\n')}\n`
  }
}

/** Files that run side by side end in any order; within a file the order is that of its tests. */
function byFile(a: TestReport, b: TestReport): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : 0
}

/** The tests of files in which a cluster was touched: a run may have others beside them. */
function ofClaimingSpecs(report: RunReport): RunReport {
  const files = new Set(
    report.tests.filter(({ startedAt }) => startedAt !== undefined).map(({ file }) => file),
  )
  return { ...report, tests: report.tests.filter(({ file }) => files.has(file)) }
}

type Result = Pick<TestReport, 'state' | 'reason' | 'failure'>

/** What became of a test, with what it has done to its cluster, as far as that is known by now. */
function testReport(key: TestKey, result: Result): TestReport {
  const { startedAt, claims = [], durations = [] } = noted('test', key) ?? {}
  return { ...key, ...result, ...(startedAt !== undefined && { startedAt }), claims, durations }
}

function isNotRun(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Test skipped due to failure in hook')
}
