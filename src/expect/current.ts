// Which test is running: the session on which `cluster`, `expectPod` and the other words of a spec act.

import type { Session } from './session.ts'

const CURRENT = Symbol.for('podproof.session')

/**
 * Where the running session is kept: outside of this module, since a test runner may load hooks with `import` and specs with
 * `require`, which makes two instances of it.
 */
const place = globalThis as { [CURRENT]?: Session | undefined }

/** The session of the running test. Throws an Error outside of a test. */
export function currentSession(): Session {
  const session = place[CURRENT]
  if (session) return session
  throw new Error(
    'no test is running: use this inside a test, with podproof loaded as a mocha plugin or openSession()',
  )
}

/** Makes `session` the running one, or none. Answers the one before. */
export function enterSession(session: Session | undefined): Session | undefined {
  const before = place[CURRENT]
  place[CURRENT] = session
  return before
}
