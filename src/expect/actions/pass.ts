// cluster.pass('10s'): lets cluster time go by.

import { parseDuration } from '../../time/duration.ts'
import { Latch } from '../../time/latch.ts'
import type { Session } from '../session.ts'

/** Nothing is waited for but the time. */
export async function pass(session: Session, duration: string): Promise<void> {
  const { clock } = session.cluster
  await clock.pass(new Latch(), clock.now() + parseDuration(duration))
}
