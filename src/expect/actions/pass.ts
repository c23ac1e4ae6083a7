// cluster.pass('10s'): lets cluster time go by.

import { parseDuration } from '../../time/duration.ts'
import { elapse } from '../../time/elapse.ts'
import type { Session } from '../session.ts'

/** Nothing is waited for but the time. */
export async function pass(session: Session, duration: string): Promise<void> {
  await elapse(session.cluster.clock, parseDuration(duration))
}
