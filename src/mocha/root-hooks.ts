// Root hooks for mocha: every spec that makes claims gets a fresh session for each of its tests.

import type { Context, Done, RootHookObject, Runnable } from 'mocha'
import { matchingFiles } from './glob.ts'
import { currentSettings } from './settings.ts'
import type { Settings } from './settings.ts'
import { beginTest, endRun, endTest, unfinishedOf } from './test-run.ts'
import type { TestRun } from './test-run.ts'
import { testKey } from './test-key.ts'

/** Loaded by `--require`; `podproof test` does it by itself. */
export const mochaHooks: RootHookObject = {
  async beforeEach(this: Context) {
    const test = this.currentTest
    if (!test) return
    unlimited(this)
    const settings = await currentSettings()
    const key = testKey(test)
    if (!makesClaims(key.file, settings)) return
    limitTime(test, settings)
    run = await beginTest(key, settings)
    checkSentences(test, run)
  },

  async afterEach(this: Context) {
    unlimited(this)
    const ended = run
    run = undefined
    if (!ended) return
    const { keepFailed } = await currentSettings()
    const isKept = keepFailed === true && this.currentTest?.state === 'failed'
    await endTest(ended, { isKept })
    if (isKept)
      process.stderr.write(`kept for a look, until podproof sweep: namespace ${ended.session.namespace}\n`)
  },

  afterAll: endRun,
}

/** Opening and clearing a cluster have deadlines of their own, in the time of the cluster: mocha's limit is for tests. */
function unlimited(hook: Context): void {
  hook.timeout(0)
}

/** The test that is running; mocha runs one at a time in a process. */
let run: TestRun | undefined

/** The specs that the settings name; looked up once. */
let specs: ReadonlySet<string> | undefined

function makesClaims(file: string, settings: Settings): boolean {
  specs ??= new Set(settings.specs.flatMap((pattern) => matchingFiles(pattern, process.cwd())))
  return specs.has(file)
}

/** A real cluster takes its time, and every claim has a deadline of its own: mocha's limit is for simulators. */
function limitTime(test: Runnable, { cluster, testTimeoutMs }: Settings): void {
  if (testTimeoutMs !== undefined) test.timeout(testTimeoutMs)
  else if (cluster !== 'simulator') test.timeout(0)
}

type Body = (this: Context, done: Done) => unknown

/** Bodies as they were written, by what was made of them: a retried test is not to be wrapped twice. */
const written = new WeakMap<object, Body>()

/**
 * Makes a test fail when it leaves a sentence unfinished. This is done inside of the test, because mocha gives up the rest of a
 * suite when a hook fails.
 */
function checkSentences(test: Runnable, ofTest: TestRun): void {
  const found = test.fn as Body | undefined
  if (!found) return
  const body = written.get(found) ?? found
  const checked: Body =
    body.length > 0
      ? function (this: Context, done) {
          body.call(this, ((error?: unknown) => done(error ?? unfinishedOf(ofTest))) as Done)
        }
      : async function (this: Context) {
          await (body as (this: Context) => unknown).call(this)
          const unfinished = unfinishedOf(ofTest)
          if (unfinished) throw unfinished
        }
  written.set(checked, body)
  test.fn = checked
}
