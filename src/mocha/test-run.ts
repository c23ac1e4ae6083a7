// One test on its cluster: opens a session for it, sees that its sentences are finished, and clears up.

import type { Cluster } from '../cluster/cluster.ts'
import { UnfinishedSentences, closeSession } from '../expect/close-session.ts'
import { enterSession } from '../expect/current.ts'
import { openSession } from '../expect/open-session.ts'
import type { Session } from '../expect/session.ts'
import { clusterNamed } from './clusters.ts'
import type { NamedCluster } from './clusters.ts'
import { EnvironmentFailure } from './environment-failure.ts'
import { note, noteRunning } from './journal.ts'
import type { Settings } from './settings.ts'
import { testEntry } from './test-entry.ts'
import { keyText } from './test-key.ts'
import type { TestKey } from './test-key.ts'

/** A test that is running. */
export interface TestRun {
  readonly key: TestKey
  readonly session: Session
  readonly cluster: Cluster
  readonly backend: NamedCluster
}

/** The cluster that all tests share, where opening one is not for every test. */
let shared: Promise<Cluster> | undefined

/** The test that is running; mocha runs one at a time in a process. */
let running: TestRun | undefined

/** Opens a session and makes it the current one. Throws EnvironmentFailure. */
export async function beginTest(key: TestKey, settings: Settings): Promise<TestRun> {
  const backend = namedIn(settings)
  const { claimTimeoutMs } = settings
  const title = key.title.join(' ')
  try {
    const seed = `${settings.seed}/${keyText(key)}`
    const cluster = await (backend.isPerTest ? backend.open({ ...settings, seed }) : openShared(settings))
    const session = await openSession({ cluster, title, file: key.file, timeoutMs: claimTimeoutMs })
    enterSession(session)
    running = { key, session, cluster, backend }
    noteRunning(key, () => testEntry(session))
    clearUpOnSignals()
    return running
  } catch (error) {
    throw new EnvironmentFailure(`preparing ${settings.cluster} for a test`, error)
  }
}

/**
 * Opens the cluster that all tests share, if they share one, so that what is wrong with it is told once and before any of
 * them. Throws EnvironmentProblem.
 */
export async function prepareRun(settings: Settings): Promise<void> {
  if (!namedIn(settings).isPerTest) await openShared(settings)
}

function openShared(settings: Settings): Promise<Cluster> {
  return (shared ??= namedIn(settings).open(settings))
}

function namedIn({ cluster }: Settings): NamedCluster {
  const found = clusterNamed(cluster)
  if (!found) throw new Error(`there is no cluster called ${cluster}`)
  return found
}

/** Sentences that the test has begun and not finished; undefined if there are none. */
export function unfinishedOf({ session }: TestRun): UnfinishedSentences | undefined {
  const unfinished = [...session.begun].filter(({ problem }) => problem !== undefined)
  return unfinished.length === 0 ? undefined : new UnfinishedSentences(unfinished)
}

/** Notes what the test did and clears up after it, unless its namespace is to be kept for a look. Throws EnvironmentFailure; sentences that are left are not its business. */
export async function endTest(
  { key, session, cluster, backend }: TestRun,
  { isKept = false }: { readonly isKept?: boolean } = {},
): Promise<void> {
  enterSession(undefined)
  running = undefined
  try {
    if (isKept) session.stop()
    else await closeSession(session)
  } catch (error) {
    if (!(error instanceof UnfinishedSentences))
      throw new EnvironmentFailure(`clearing up after a test`, error)
  } finally {
    note('test', key, testEntry(session))
    if (backend.isPerTest) await cluster.close()
  }
}

/** Closes the cluster that the tests shared, if there is one. */
export async function endRun(): Promise<void> {
  const cluster = await shared
  shared = undefined
  await cluster?.close()
}

/** So many signals are taken for a wish to clear up first; one more ends the process as it stands. */
const PATIENT_SIGNALS = 2

let isListening = false
let signals = 0

/** An interrupted run leaves no namespace behind: the running test is cleared up before the process ends. */
function clearUpOnSignals(): void {
  if (isListening) return
  isListening = true
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ] as const) {
    process.on(signal, () => {
      if (++signals > PATIENT_SIGNALS) process.exit(128 + number)
      if (signals > 1) return
      void abandon().finally(() => process.exit(128 + number))
    })
  }
}

async function abandon(): Promise<void> {
  if (running) await endTest(running)
  await endRun()
}
