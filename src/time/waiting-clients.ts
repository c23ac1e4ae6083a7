// How many of the clients with calls in flight do nothing but wait.

import type { Stance } from './client-clock.ts'

/** What it needs to know of a call. */
export interface CallOfClient {
  readonly client: string
  readonly stance: Stance
}

/** A client waits when it has a call in flight and none that asks. */
export function waitingClients(calls: Iterable<CallOfClient>): number {
  const isWaiting = new Map<string, boolean>()
  for (const { client, stance } of calls)
    isWaiting.set(client, (isWaiting.get(client) ?? true) && stance !== 'asks')
  return [...isWaiting.values()].filter(Boolean).length
}
