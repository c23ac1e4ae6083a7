// What a run goes by: the configuration of the project, and what the command line changes of it.

import type { ReportFormatName } from '../report/formats.ts'
import { parseDuration } from '../time/duration.ts'
import type { PodproofConfig } from './config.ts'
import { loadConfig } from './load-config.ts'

/** Everything decided; plain data, so that it can be handed to worker processes. */
export interface Settings {
  readonly cluster: string
  readonly seed: string
  /** Globs of the specs that make claims. */
  readonly specs: readonly string[]
  readonly claimTimeoutMs: number
  /** Wall time that a test may take; 0 for no limit, undefined to leave it to mocha. */
  readonly testTimeoutMs?: number
  /** Whether the report is printed in lines that are found again in the log of a container. */
  readonly reportLog?: boolean
  /** A file for the report as JSON, beside those in the folder of reports. */
  readonly reportJson?: string
  readonly reportsFolder: string
  readonly reportFormats: readonly ReportFormatName[]
  readonly images: Readonly<Record<string, string>>
  /** The folder into which the history of every test is written, as a recording. */
  readonly histories?: string
  /** Which k3s `k3s` is. */
  readonly k3s?: string
  /** Images of the engine that k3s is given. */
  readonly preload?: readonly string[]
  /** Whether k3s goes on afterwards, for the next run. */
  readonly reuseK3s?: boolean
  /** Contexts that may be used although they look like production. */
  readonly allowedContexts?: readonly string[]
  /** Whether the namespace of a test that failed stays, until it is swept. */
  readonly keepFailed?: boolean
}

/** How `podproof test` hands its settings to the hooks, also to those in worker processes. */
const SETTINGS_VARIABLE = 'PODPROOF_SETTINGS'

/** The settings of this run: those of `podproof test`, or else the project's configuration. Read once. */
export function currentSettings(): Promise<Settings> {
  return (current ??= readSettings())
}

let current: Promise<Settings> | undefined

/** Makes these the settings of the run, here and in processes that are started from here. */
export function useSettings(settings: Settings): void {
  process.env[SETTINGS_VARIABLE] = JSON.stringify(settings)
  current = Promise.resolve(settings)
}

async function readSettings(): Promise<Settings> {
  const handed = process.env[SETTINGS_VARIABLE]
  if (handed !== undefined) return JSON.parse(handed) as Settings
  return settingsOf(await loadConfig(process.cwd()))
}

/** A configuration with its defaults. */
export function settingsOf(config: PodproofConfig): Settings {
  const { cluster = 'simulator', seed = '1', specs = ['specs/**/*.spec.{ts,js}'] } = config
  const { timeouts = {}, reports = {}, images = {} } = config
  return {
    cluster,
    seed: String(seed),
    specs,
    claimTimeoutMs: parseDuration(timeouts.claim ?? '1m'),
    ...(timeouts.test !== undefined && { testTimeoutMs: parseDuration(timeouts.test) }),
    reportsFolder: reports.folder ?? 'reports',
    reportFormats: reports.formats ?? ['html', 'json', 'markdown'],
    images,
  }
}
