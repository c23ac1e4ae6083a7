// Repeats writes whose fate is not known, and tells what they have done from what was there before.

import { elapse } from '../../time/elapse.ts'
import type { Clock } from '../../time/clock.ts'
import { PATIENCE_MS, askPatiently } from './retry.ts'
import { jsonOrText } from './stream.ts'
import { ConnectionError } from './transport.ts'
import type { Answer, Ask, Transport } from './transport.ts'

const PAUSE_MS = 200
/** After these nobody can say whether the server has done it. */
const UNCERTAIN: ReadonlySet<number> = new Set([500, 502, 503, 504])

/**
 * Asks until it is known what has become of it. A create that finds its object there after a lost answer has made it, a
 * delete that finds nothing has removed it. A create without a name of its own is never repeated: it could make two.
 */
export async function askRepeatedly(transport: Transport, clock: Clock, ask: Ask): Promise<Answer> {
  const name = createdName(ask)
  const isRepeatable = ask.method !== 'POST' || name !== undefined || ask.path.endsWith('reviews')
  const deadlineMs = clock.now() + PATIENCE_MS
  let isUncertain = false
  for (;;) {
    const outcome = await outcomeOf(transport, clock, ask)
    const isKnown = !(outcome instanceof ConnectionError) && !UNCERTAIN.has(outcome.status)
    if (isKnown) return isUncertain ? settled(transport, clock, ask, outcome, name) : outcome
    if (!isRepeatable || clock.now() > deadlineMs) {
      if (outcome instanceof ConnectionError) throw outcome
      return outcome
    }
    isUncertain = true
    await elapse(clock, PAUSE_MS)
  }
}

async function outcomeOf(transport: Transport, clock: Clock, ask: Ask): Promise<Answer | ConnectionError> {
  try {
    return await askPatiently(transport, clock, ask)
  } catch (error) {
    if (error instanceof ConnectionError) return error
    throw error
  }
}

/** What a repeated write answers, had its first answer arrived. */
async function settled(
  transport: Transport,
  clock: Clock,
  ask: Ask,
  answer: Answer,
  name: string | undefined,
): Promise<Answer> {
  if (ask.method === 'DELETE' && answer.status === 404) {
    const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' }
    return { ...answer, status: 200, text: JSON.stringify(status) }
  }
  if (ask.method !== 'POST' || answer.status !== 409 || name === undefined) return answer
  const path = `${ask.path.replace(/\?.*$/, '')}/${name}`
  const found = await askPatiently(transport, clock, { method: 'GET', path })
  return found.status === 200 ? { ...found, status: 201 } : answer
}

/** The name in the body of a create. */
function createdName({ method, body = '' }: Ask): string | undefined {
  if (method !== 'POST') return undefined
  const value = jsonOrText(body) as { readonly metadata?: { readonly name?: unknown } } | string
  const name = typeof value === 'object' ? value?.metadata?.name : undefined
  return typeof name === 'string' ? name : undefined
}
