// Measures how far the clock of a cluster is from ours, by the dates of its answers.

import type { Clock } from '../time/clock.ts'
import { askPatiently } from './http/retry.ts'
import type { Transport } from './http/transport.ts'

/** So many answers are looked at: each narrows down what a date of whole seconds leaves open. */
const SAMPLES = 3

/** What one answer says: the cluster is ahead of us by at least `leastMs` and at most `mostMs`. */
export interface SkewSample {
  readonly sentMs: number
  readonly receivedMs: number
  /** The Date header, of whole seconds. */
  readonly date: string | undefined
}

/** By how many milliseconds the cluster's clock is ahead; 0 when nothing shows that the two differ. */
export async function measuredSkewMs(transport: Transport, clock: Clock): Promise<number> {
  const samples: SkewSample[] = []
  for (let count = 0; count < SAMPLES; count++) {
    const sentMs = clock.now()
    const { headers } = await askPatiently(transport, clock, { method: 'GET', path: '/version' })
    const { date } = headers
    samples.push({ sentMs, receivedMs: clock.now(), date: typeof date === 'string' ? date : undefined })
  }
  return skewMs(samples)
}

/**
 * The answer was dated between its question and its arrival, and the date is cut to the second: so each sample bounds the
 * difference on both sides. If no difference fits them all, or the bounds, it is 0; else the middle of what is left.
 */
export function skewMs(samples: readonly SkewSample[]): number {
  let leastMs = -Infinity
  let mostMs = Infinity
  for (const { sentMs, receivedMs, date } of samples) {
    const atMs = Date.parse(date ?? '')
    if (Number.isNaN(atMs)) continue
    leastMs = Math.max(leastMs, atMs - receivedMs)
    mostMs = Math.min(mostMs, atMs + 1_000 - sentMs)
  }
  const isBounded = Number.isFinite(leastMs) && leastMs <= mostMs
  if (!isBounded || (leastMs <= 0 && mostMs >= 0)) return 0
  return Math.round((leastMs + mostMs) / 2)
}
