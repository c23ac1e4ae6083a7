// Which test is running: the session on which `cluster`, `expectPod` and the other words of a spec act.

import type { Session } from './session.ts'

let current: Session | undefined

/** The session of the running test. Throws an Error outside of a test. */
export function currentSession(): Session {
  if (current) return current
  throw new Error(
    'no test is running: use this inside a test, with podproof loaded as a mocha plugin or openSession()',
  )
}

/** Makes `session` the running one, or none. Answers the one before. */
export function enterSession(session: Session | undefined): Session | undefined {
  const before = current
  current = session
  return before
}
