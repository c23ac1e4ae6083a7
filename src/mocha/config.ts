// podproof.config.ts: what a project says once instead of on every command line.

import type { ReportFormatName } from '../report/formats.ts'

/** What a project may configure. Everything has a default; command line options win over the file. */
export interface PodproofConfig {
  /** Which cluster the claims are made about: `simulator` unless told. */
  readonly cluster?: string
  /** Globs of the specs that make claims, relative to the project: `specs/**\/*.spec.ts` unless told. */
  readonly specs?: readonly string[]
  /** What everything that chance decides on a simulator is drawn from: `1` unless told. */
  readonly seed?: string | number
  readonly timeouts?: {
    /** How long a claim waits unless it says otherwise, in cluster time: `1m` unless told. */
    readonly claim?: string
    /** How long a test may take, in wall time: `30s` on a simulator, unlimited elsewhere. */
    readonly test?: string
  }
  readonly reports?: {
    /** Where the reports go: `reports` unless told. */
    readonly folder?: string
    /** `html`, `json` and `markdown` unless told. */
    readonly formats?: readonly ReportFormatName[]
  }
  /** Images that a simulator should know beside its own, each by one of those: `{ 'example.com/app:1': 'nginx:1.27' }`. */
  readonly images?: Readonly<Record<string, string>>
}

/** Helps an editor with the fields of a configuration; answers it unchanged. */
export function defineConfig(config: PodproofConfig): PodproofConfig {
  return config
}
