// expectService('web').toHaveEndpoints(2): so many ready addresses stand behind a Service.

import type { Entry, ObjectChange } from '../../history/entry.ts'
import type { History } from '../../history/history.ts'
import type { Claim } from '../sentence.ts'
import type { Subject, Within } from '../subject.ts'

/** Counts the ready endpoints of all EndpointSlices of the Service, as kube-proxy does. */
export function toHaveEndpoints(service: Subject, count: number, options?: Within): Claim {
  return service.claim({
    kind: 'toHaveEndpoints',
    args: options ? [count, options] : [count],
    within: options?.within,
    judge: async (trial) => {
      const { session, about } = trial
      session.watch(await session.heldWhile(() => session.resources.named('EndpointSlice')))
      if (readyEndpoints(session.history, about.name) === count) return { atMs: trial.nowMs }
      const found = await trial.followEntries({
        past: [],
        concerns: (entry: Entry): entry is ObjectChange =>
          entry.entry === 'change' && isSliceOf(entry, about.name),
        see: (change) => (readyEndpoints(session.history, about.name) === count ? change : undefined),
      })
      if (found) return { atMs: found.atMs }
      throw trial.fail({
        expected: `${count} ready endpoints within ${trial.patience}`,
        received: `${readyEndpoints(session.history, about.name)}`,
      })
    },
  })
}

interface Slice {
  readonly endpoints?:
    | readonly { readonly addresses: readonly string[]; readonly conditions?: { readonly ready?: boolean } }[]
    | null
}

function isSliceOf({ object }: ObjectChange, service: string): boolean {
  return object.kind === 'EndpointSlice' && object.metadata.labels?.['kubernetes.io/service-name'] === service
}

function readyEndpoints(history: History, service: string): number {
  const addresses = new Set<string>()
  for (const { last } of history.timelines('EndpointSlice')) {
    if (!last || last.type === 'DELETED' || !isSliceOf(last, service)) continue
    for (const { addresses: own, conditions } of (last.object as Slice).endpoints ?? []) {
      // An unknown readiness counts as ready (discovery/v1 EndpointConditions).
      if (conditions?.ready !== false) for (const address of own) addresses.add(address)
    }
  }
  return addresses.size
}
