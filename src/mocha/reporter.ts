// The mocha reporter: progress as it happens, then failures, the timing report, and the files under reports/.

import type { Hook, Runner, Suite, Test } from 'mocha'
import { coloursOf } from '../report/colours.ts'
import type { Colours } from '../report/colours.ts'
import type { RunReport, TestReport } from '../report/run-report.ts'
import { summaryText } from '../report/summary.ts'
import { terminalTest, terminalTiming } from '../report/terminal.ts'
import { writeReports } from '../report/write-reports.ts'
import { isEnvironmentFailure } from './environment-failure.ts'
import { failureText } from './failure-text.ts'
import { noted, openSpool } from './journal.ts'
import type { JournalEntry } from './journal.ts'
import { Progress } from './progress.ts'
import { currentSettings } from './settings.ts'
import { keyText, testKey } from './test-key.ts'

/** What mocha hands to a reporter beside the runner. */
interface MochaOptions {
  readonly parallel?: boolean
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
  readonly #tests: TestReport[] = []
  readonly #failures: { readonly title: string; readonly text: string }[] = []
  #cluster: JournalEntry['cluster'] | undefined
  readonly #runner: Runner

  constructor(runner: Runner, { parallel, reporterOptions = {} }: MochaOptions = {}) {
    this.#runner = runner
    this.#isJson = reporterOptions.json ?? false
    this.#outcome = reporterOptions.outcome ?? { environmentFailed: false }
    this.#progress = new Progress(this.#isJson ? undefined : process.stdout, this.#colours)
    this.#closeSpool = parallel ? this.#spool() : () => {}
    runner.on('suite', (suite: Suite) => this.#progress.suite(suite.titlePath()))
    runner.on('test', (test: Test) => this.#progress.begin(test.title))
    runner.on('pass', (test: Test) => this.#note(test, { state: 'passed' }))
    runner.on('pending', (test: Test) => this.#skipped(test))
    runner.on('fail', (test: Test | Hook, error: unknown) => this.#failed(test, error))
  }

  /** Called by mocha when the run is over; mocha ends when `finish` is called. */
  done(failures: number, finish: (failures: number) => void): void {
    this.#closeSpool()
    void this.#conclude().then(
      () => finish(failures),
      (error: unknown) => {
        process.stderr.write(`podproof: the reports could not be written: ${String(error)}\n`)
        this.#outcome.environmentFailed = true
        finish(failures)
      },
    )
  }

  /** A signal must not leave the spool behind. */
  #spool(): () => void {
    const close = openSpool()
    process.once('exit', close)
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
    this.#note(test, { state: 'failed', failure: place + text.report })
  }

  /** mocha fails the tests that come after a failed hook; the one for which the hook ran is known already. */
  #notRun(test: Test | Hook): void {
    const name = keyText(testKey(test))
    if (this.#tests.some((known) => keyText(known) === name)) return
    this.#note(test, { state: 'skipped', reason: 'a hook before it failed' })
  }

  #note(test: Test | Hook, result: Pick<TestReport, 'state' | 'reason' | 'failure'>): void {
    const key = testKey(test)
    const entry = noted('test', key)
    this.#cluster ??= entry?.cluster
    const report: TestReport = {
      ...key,
      ...result,
      ...(entry && { startedAt: entry.startedAt }),
      claims: entry?.claims ?? [],
      durations: entry?.durations ?? [],
    }
    this.#tests.push(report)
    this.#progress.end(terminalTest(report, this.#colours))
  }

  async #conclude(): Promise<void> {
    const report = await this.#report()
    if (this.#isJson)
      process.stdout.write(`${JSON.stringify(report ?? { tests: this.#tests }, undefined, 2)}\n`)
    else this.#print(report)
  }

  /** The run as a report; undefined when no test touched a cluster, so that there is nothing to report. */
  async #report(): Promise<RunReport | undefined> {
    if (!this.#cluster) return undefined
    const { seed, cluster, reportsFolder, reportFormats } = await currentSettings()
    const report: RunReport = {
      format: 'podproof.report/v1',
      cluster: this.#cluster,
      ...(cluster === 'simulator' && { seed }),
      tests: this.#tests.filter(({ startedAt, state }) => startedAt !== undefined || state === 'skipped'),
    }
    this.#files = writeReports(report, reportsFolder, reportFormats)
    return report
  }

  #files: readonly string[] = []

  #print(report: RunReport | undefined): void {
    const { bold, dim, green, red } = this.#colours
    const all: RunReport = report ?? {
      format: 'podproof.report/v1',
      cluster: { name: '', version: '' },
      tests: [],
    }
    const failures = this.#failures.map(
      ({ title, text }, index) => `${red(`✖ ${index + 1}) ${title}`)}\n\n${text}\n`,
    )
    const timing = terminalTiming(all, this.#colours)
    const paint = this.#failures.length === 0 ? green : red
    const wall = dim(` (${((this.#runner.stats?.duration ?? 0) / 1_000).toFixed(1)}s of wall time)`)
    const files = this.#files.length === 0 ? [] : [dim(this.#files.join('  '))]
    const parts = [
      ...(failures.length === 0 ? [] : [bold('Failures\n'), ...failures]),
      ...(timing === '' ? [] : [timing]),
      paint(summaryText({ ...all, tests: this.#tests })) + wall,
      ...files,
    ]
    process.stdout.write(`\n${parts.join('\n')}\n`)
  }
}

function isNotRun(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Test skipped due to failure in hook')
}
