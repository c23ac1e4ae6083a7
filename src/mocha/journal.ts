// What the hooks learn of a test, and how the reporter comes by it: also when the test ran in another process.

import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeFileAtomically } from '../report/atomic-write.ts'
import type { ClaimReport, DurationReport, ReportedCluster } from '../report/run-report.ts'
import { keyText } from './test-key.ts'
import type { TestKey } from './test-key.ts'

/** What one test did to its cluster. */
export interface JournalEntry {
  readonly cluster: ReportedCluster
  readonly startedAt: string
  readonly claims: readonly ClaimReport[]
  readonly durations: readonly DurationReport[]
}

/** The folder through which workers hand over their entries; only set while mocha runs files in parallel. */
const SPOOL_VARIABLE = 'PODPROOF_SPOOL'

/** What is noted of a test, by what it is about. */
interface Notes {
  /** What it did to its cluster. */
  readonly test: JournalEntry
  /** Why it was skipped. */
  readonly skip: string
}

/** mocha loads reporters with `require` and hooks with `import`: two instances of this module may meet in one process. */
const notes: Map<string, unknown> = ((globalThis as Record<symbol, unknown>)[
  Symbol.for('podproof.journal')
] ??= new Map()) as Map<string, unknown>

/** Takes note of something about a test. */
export function note<K extends keyof Notes>(about: K, key: TestKey, value: Notes[K]): void {
  const spool = process.env[SPOOL_VARIABLE]
  if (spool === undefined) notes.set(noteName(about, key), value)
  else writeFileAtomically(join(spool, noteName(about, key)), JSON.stringify(value))
}

/**
 * Lets whoever asks for a running test see what it has done so far: mocha tells that a test has passed or failed before it runs the
 * hooks after it. Tells nothing between processes, where nobody hears of a test before it is over.
 */
export function noteRunning(key: TestKey, soFar: () => JournalEntry): void {
  if (process.env[SPOOL_VARIABLE] === undefined) notes.set(noteName('test', key), soFar)
}

/** What was noted; undefined if nothing was: a test that touched no cluster has no entry. */
export function noted<K extends keyof Notes>(about: K, key: TestKey): Notes[K] | undefined {
  const name = noteName(about, key)
  const spool = process.env[SPOOL_VARIABLE]
  const known = notes.get(name) as Notes[K] | (() => Notes[K]) | undefined
  if (known !== undefined || spool === undefined) return typeof known === 'function' ? known() : known
  const file = join(spool, name)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Notes[K]) : undefined
}

/** Prepares for tests in other processes, which must be started after this. Answers how to clear up. */
export function openSpool(): () => void {
  const spool = mkdtempSync(join(tmpdir(), 'podproof-spool-'))
  process.env[SPOOL_VARIABLE] = spool
  return () => {
    delete process.env[SPOOL_VARIABLE]
    rmSync(spool, { recursive: true, force: true })
  }
}

function noteName(about: keyof Notes, key: TestKey): string {
  return `${createHash('sha256').update(keyText(key)).digest('hex')}.${about}.json`
}
