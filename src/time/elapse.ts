// Waiting for nothing but time.

import type { Clock } from './clock.ts'
import { Latch } from './latch.ts'

/** Lets `ms` of the clock's time go by; answers at once for none, or for a span that is over. */
export async function elapse(clock: Pick<Clock, 'now' | 'pass'>, ms: number): Promise<void> {
  if (ms > 0) await clock.pass(new Latch(), clock.now() + ms)
}
