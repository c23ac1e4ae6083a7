// One test on its cluster: opens a session for it, sees that its sentences are finished, and clears up.

import type { Cluster } from '../cluster/cluster.ts'
import { UnfinishedSentences, closeSession } from '../expect/close-session.ts'
import { enterSession } from '../expect/current.ts'
import { openSession } from '../expect/open-session.ts'
import type { Session } from '../expect/session.ts'
import { writeHistory } from '../report/history-file.ts'
import { elapse } from '../time/elapse.ts'
import { clusterNamed } from './clusters.ts'
import type { NamedCluster } from './clusters.ts'
import { EnvironmentFailure } from './environment-failure.ts'
import { onInterrupt } from './interrupt.ts'
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
  /** The folder for its history, if somebody wants to have it. */
  readonly histories: string | undefined
}

/** The cluster that all tests share, where opening one is not for every test. */
let shared: Promise<Cluster> | undefined

/** Gives up opening it, while it is being opened. */
let abandonOpening: (() => Promise<void>) | undefined

/** The test that is running, and what is under way of its preparation and its end; mocha runs one at a time in a process. */
let running: TestRun | undefined
let beginning: Promise<TestRun> | undefined
let ending: Promise<void> | undefined
let isAbandoned = false

/** Opens a session and makes it the current one. Throws EnvironmentFailure. */
export async function beginTest(key: TestKey, settings: Settings): Promise<TestRun> {
  onInterrupt(abandon, leftovers)
  // The process is about to end: nothing new is made.
  if (isAbandoned) await new Promise(() => {})
  beginning = begun(key, settings)
  try {
    running = await beginning
    enterSession(running.session)
    return running
  } catch (error) {
    throw new EnvironmentFailure(`preparing ${settings.cluster} for a test`, error)
  } finally {
    beginning = undefined
  }
}

async function begun(key: TestKey, settings: Settings): Promise<TestRun> {
  const backend = namedIn(settings)
  const seed = `${settings.seed}/${keyText(key)}`
  const cluster = await (backend.isPerTest ? backend.open({ ...settings, seed }) : openShared(settings))
  const title = key.title.join(' ')
  const session = await openSession({ cluster, title, file: key.file, timeoutMs: settings.claimTimeoutMs })
  noteRunning(key, () => testEntry(session))
  return { key, session, cluster, backend, histories: settings.histories }
}

/**
 * Opens the cluster that all tests share, if they share one, so that what is wrong with it is told once and before any of
 * them. Throws EnvironmentProblem.
 */
export async function prepareRun(settings: Settings): Promise<void> {
  if (!namedIn(settings).isPerTest) await openShared(settings)
}

function openShared(settings: Settings): Promise<Cluster> {
  if (shared) return shared
  const backend = namedIn(settings)
  abandonOpening = backend.abandon
  onInterrupt(abandon, leftovers)
  shared = backend.open(settings)
  void shared.then(
    () => (abandonOpening = undefined),
    () => {},
  )
  return shared
}

/** What is left when there is no time to clear up, and how to find it. */
function leftovers(): string {
  if (abandonOpening) return 'perhaps a container, which podproof sweep --cluster k3s removes'
  if (!running) return 'nothing of a test'
  const { cluster, session } = running
  return `namespace ${session.namespace} of ${cluster.name}, which podproof sweep removes`
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

/** What a test has not asked for may still be under way when it ends: a history waits for it so long, in cluster time. */
const LAST_WORDS_MS = 1_000

/** Notes what the test did and clears up after it, unless its namespace is to be kept for a look. Throws EnvironmentFailure; sentences that are left are not its business. */
export function endTest(run: TestRun, { isKept = false } = {}): Promise<void> {
  return (ending ??= ended(run, isKept).finally(() => {
    ending = undefined
    running = undefined
  }))
}

async function ended(run: TestRun, isKept: boolean): Promise<void> {
  const { key, session, cluster, backend, histories } = run
  enterSession(undefined)
  try {
    if (histories !== undefined) await elapse(cluster.clock, LAST_WORDS_MS)
    if (isKept) session.stop()
    else await closeSession(session)
  } catch (error) {
    if (!(error instanceof UnfinishedSentences))
      throw new EnvironmentFailure(`clearing up after a test`, error)
  } finally {
    note('test', key, testEntry(session))
    if (histories !== undefined) writeHistory(histories, key, session.history)
    if (backend.isPerTest) await cluster.close()
  }
}

/** Closes the cluster that the tests shared, if there is one. */
export async function endRun(): Promise<void> {
  const cluster = await shared
  shared = undefined
  await cluster?.close()
}

/** What an interrupted run has to clear up: the test that runs, then the cluster that the tests share. */
async function abandon(): Promise<void> {
  isAbandoned = true
  if (abandonOpening) return giveUpOpening(abandonOpening)
  try {
    const interrupted = running ?? (await beginning)
    await (ending ?? (interrupted && endTest(interrupted)))
  } finally {
    await endRun()
  }
}

/** Takes back what is there, and once more when the opening has noticed: something was perhaps being made. */
async function giveUpOpening(takeBack: () => Promise<void>): Promise<void> {
  await takeBack()
  await shared?.then(
    (cluster) => cluster.close(),
    () => {},
  )
  await takeBack()
}
