// Asks again when an API server is busy or away, as a polite client does.

import type { Clock } from '../../time/clock.ts'
import { elapse } from '../../time/elapse.ts'
import { ConnectionError } from './transport.ts'
import type { Answer, Ask, Transport } from './transport.ts'

/** An API server that is restarted (k3s, kubeadm's static Pod) is back within this; whoever was reached before is waited for. */
export const PATIENCE_MS = 30_000
const FIRST_DELAY_MS = 100
const LONGEST_OWN_DELAY_MS = 2_000
/** A server that asks for more patience than this is not going to answer a test. */
const LONGEST_DELAY_MS = 10_000

/**
 * Asks until there is an answer worth having. 429 is asked again whatever it was, since the server did nothing; broken
 * connections and what a server in trouble answers only where asking twice does no harm.
 */
export async function askPatiently(
  transport: Transport,
  clock: Clock,
  ask: Ask,
  patienceMs = PATIENCE_MS,
): Promise<Answer> {
  const deadlineMs = clock.now() + patienceMs
  for (let attempt = 1; ; attempt++) {
    const outcome = await attemptOf(transport, ask)
    const waitMs = delayMs(outcome, attempt)
    const isLast = clock.now() + waitMs > deadlineMs || !deservesAnother(outcome, ask)
    if (isLast && outcome instanceof ConnectionError) throw outcome
    if (isLast) return outcome as Answer
    await elapse(clock, waitMs)
  }
}

async function attemptOf(transport: Transport, ask: Ask): Promise<Answer | ConnectionError> {
  try {
    return await transport.ask(ask)
  } catch (error) {
    if (error instanceof ConnectionError) return error
    throw error
  }
}

function deservesAnother(outcome: Answer | ConnectionError, { method }: Ask): boolean {
  if (!(outcome instanceof ConnectionError) && outcome.status === 429) return true
  const isHarmless = method === 'GET'
  return isHarmless && (outcome instanceof ConnectionError || [500, 502, 503, 504].includes(outcome.status))
}

/** What the server asks for, else twice as long every time, up to a limit. */
function delayMs(outcome: Answer | ConnectionError, attempt: number): number {
  const asked = outcome instanceof ConnectionError ? undefined : Number(outcome.headers['retry-after'])
  const ownMs = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_OWN_DELAY_MS)
  return Math.min(asked !== undefined && asked > 0 ? asked * 1_000 : ownMs, LONGEST_DELAY_MS)
}
