// Reads spec files without running them: what `describe`, `it` and `beforeEach` would have registered, as plain functions.

import { pathToFileURL } from 'node:url'

/** One test with the hooks that come before it. */
export interface CapturedTest {
  readonly title: string
  /** Runs the hooks and the test. A test that skips itself ends well. */
  run(): Promise<void>
}

type Body = (this: Context) => unknown

interface Context {
  skip(): never
}

interface Suite {
  readonly title: string
  readonly parent: Suite | undefined
  readonly beforeEach: Body[]
}

class Skipped extends Error {}

const CONTEXT: Context = {
  skip: () => {
    throw new Skipped()
  },
}

let loads = 0

/** The tests of a spec file, in their order. */
export async function captureSpecs(file: string): Promise<readonly CapturedTest[]> {
  const tests: CapturedTest[] = []
  let suite: Suite | undefined
  const words = {
    describe: (title: string, body: () => void) => {
      suite = { title, parent: suite, beforeEach: [] }
      body()
      suite = suite.parent
    },
    beforeEach: (body: Body) => suite?.beforeEach.push(body),
    it: (title: string, body: Body) => {
      const hooks = suitesOf(suite).flatMap((each) => each.beforeEach)
      const titles = [...suitesOf(suite).map((each) => each.title), title]
      tests.push({ title: titles.join(' '), run: () => runAll([...hooks, body]) })
    },
  }
  const restore = replaceGlobals(words)
  loads++
  try {
    // A module is evaluated once for each address: a new query is a new address.
    await import(`${pathToFileURL(file).href}?captured=${loads}`)
  } finally {
    restore()
  }
  return tests
}

/** From the outermost suite to the innermost. */
function suitesOf(suite: Suite | undefined): readonly Suite[] {
  return suite ? [...suitesOf(suite.parent), suite] : []
}

async function runAll(bodies: readonly Body[]): Promise<void> {
  try {
    for (const body of bodies) await body.call(CONTEXT)
  } catch (error) {
    if (!(error instanceof Skipped)) throw error
  }
}

function replaceGlobals(words: Readonly<Record<string, unknown>>): () => void {
  const before = Object.keys(words).map((word): [string, unknown] => [word, Reflect.get(globalThis, word)])
  Object.assign(globalThis, words)
  return () => Object.assign(globalThis, Object.fromEntries(before))
}
