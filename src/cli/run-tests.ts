// Runs mocha inside of this process, with podproof's hooks and reporter, on TypeScript specs too.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type Mocha from 'mocha'
import { CLUSTERS, clusterNamed } from '../mocha/clusters.ts'
import { loadConfig } from '../mocha/load-config.ts'
import { loadSpecs } from '../mocha/load-specs.ts'
import { suggestion } from '../mocha/meant.ts'
import type { RunOutcome } from '../mocha/reporter.ts'
import { settingsOf, useSettings } from '../mocha/settings.ts'
import { endRun, prepareRun } from '../mocha/test-run.ts'
import type { Settings } from '../mocha/settings.ts'
import { filesOfShard, parseShard } from '../mocha/shard.ts'
import { costsOf } from '../report/costs.ts'
import type { RunReport } from '../report/run-report.ts'
import { folderName } from '../report/write-reports.ts'
import { parseDuration } from '../time/duration.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { readTypeScript } from './read-typescript.ts'
import { specFiles } from './spec-files.ts'
import type { TestOptions } from './test.ts'
import { substitutions } from './substitutions.ts'
import { UsageError } from './usage-error.ts'

/** Wall time that a test on a simulator may take before mocha gives it up. */
const TEST_TIMEOUT_MS = 30_000

/** Runs the specs; those of the configuration when none are named. Throws UsageError and ConfigError. */
export async function runTests(specs: readonly string[], options: TestOptions): Promise<ExitCode> {
  await readTypeScript()
  const configured = settingsOf(await loadConfig(process.cwd()))
  const whole = withOptions(configured, options)
  const all = specFiles(specs.length > 0 ? specs : whole.specs)
  const settings = options.shard === undefined ? { ...whole, specs: all } : inShard(all, whole, options)
  const files = settings.specs
  useSettings(settings)
  const outcome: RunOutcome = { environmentFailed: false }
  const mocha = await mochaWith(options, outcome)
  await prepareRun(settings)
  await loadSpecs(mocha, files).catch(async (error: unknown) => {
    await endRun()
    throw error
  })
  const failures = await new Promise<number>((resolve) => mocha.run(resolve))
  if (outcome.environmentFailed) return EXIT.environment
  return failures > 0 ? EXIT.failed : EXIT.held
}

async function mochaWith({ grep, json }: TestOptions, outcome: RunOutcome): Promise<Mocha> {
  const [{ default: MochaClass }, { default: PodproofReporter }, { mochaHooks }] = await Promise.all([
    import('mocha'),
    import('../mocha/reporter.ts'),
    import('../mocha/root-hooks.ts'),
  ])
  const mocha = new MochaClass(mochaOptions(mochaHooks))
  if (grep !== undefined) mocha.grep(expression(grep))
  // Reporters need not extend the one that mocha's types ask for.
  const reporter = PodproofReporter as unknown as Mocha.ReporterConstructor
  return mocha.reporter(reporter, { json: json ?? false, outcome })
}

/** No test that a failed hook let down may vanish from the report; the types of mocha 10 do not know that option. */
function mochaOptions(rootHooks: Mocha.RootHookObject): Mocha.MochaOptions {
  const options = { timeout: TEST_TIMEOUT_MS, rootHooks, failHookAffectedTests: true }
  return options
}

function expression(pattern: string): RegExp {
  try {
    return new RegExp(pattern)
  } catch (error) {
    throw new UsageError(`--grep ${pattern}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function withOptions(settings: Settings, options: TestOptions): Settings {
  const { allowContext, cluster, histories, image, k3s, keepFailed, preload } = options
  const { reportJson, reportLog, reports, reuseK3s, seed, timeout } = options
  if (cluster !== undefined && !clusterNamed(cluster)) {
    throw new UsageError(`--cluster ${cluster} is not known${suggestion(cluster, Object.keys(CLUSTERS))}`)
  }
  return {
    ...settings,
    ...(cluster !== undefined && { cluster }),
    ...(allowContext && { allowedContexts: allowContext }),
    ...(histories !== undefined && { histories }),
    ...(image && { images: { ...settings.images, ...substitutions(image) } }),
    ...(k3s !== undefined && { k3s }),
    ...(keepFailed && { keepFailed }),
    ...(preload && { preload }),
    ...(reuseK3s && { reuseK3s }),
    ...(reportJson !== undefined && { reportJson }),
    ...(reportLog && { reportLog }),
    ...(reports !== undefined && { reportsFolder: reports }),
    ...(seed !== undefined && { seed }),
    ...(timeout !== undefined && { claimTimeoutMs: durationOf(timeout) }),
  }
}

/**
 * The settings of a shard: its part of the files, divided by the durations of the last report of this cluster. Its own report goes
 * to a folder of its own, because the others are to be divided by the same report.
 */
function inShard(
  files: readonly string[],
  settings: Settings,
  { shard: text = '', shardBy }: TestOptions,
): Settings {
  const shard = parseShard(text, process.env['JOB_COMPLETION_INDEX'])
  if (!shard) throw new UsageError(`--shard ${text}: expected a part and a number of parts, such as 2/4`)
  const { cluster, reportsFolder } = settings
  const file = shardBy ?? join(reportsFolder, folderName(cluster), 'report.json')
  const last = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as RunReport) : undefined
  return {
    ...settings,
    specs: filesOfShard(files, shard, costsOf(last)),
    reportsFolder: join(reportsFolder, `shard-${shard.index}-of-${shard.count}`),
  }
}

function durationOf(text: string): number {
  try {
    return parseDuration(text)
  } catch {
    throw new UsageError(`--timeout ${text}: expected a duration such as 30s or 1m30s`)
  }
}
