// Sessions on a simulator of their own, for specs that need more than the hooks of the test runner give.

import { simulatorCluster } from '../../src/cluster/simulator.ts'
import { closeSession } from '../../src/expect/close-session.ts'
import { enterSession } from '../../src/expect/current.ts'
import { openSession } from '../../src/expect/open-session.ts'
import type { Session } from '../../src/expect/session.ts'
import type { SimulatorOptions } from '../../src/simulator/simulator.ts'

/** Runs `test` in a session on a new simulator, and closes both whatever becomes of it. Answers the session, to be read. */
export async function onSimulator(
  title: string,
  test: (session: Session) => Promise<void>,
  options: SimulatorOptions = {},
): Promise<Session> {
  const cluster = simulatorCluster({ seed: title, ...options })
  const session = await openSession({ cluster, title })
  const before = enterSession(session)
  try {
    await test(session)
    await closeSession(session)
    return session
  } finally {
    enterSession(before)
    session.stop()
    await cluster.close()
  }
}
