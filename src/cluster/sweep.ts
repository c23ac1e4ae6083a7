// Removes what interrupted runs have left on a cluster: namespaces with our label, and nothing else.

import { OWN_LABEL } from './own-label.ts'
import type { Cluster, KubeObject } from './cluster.ts'
import { isSuccess, statusOf, StatusError } from './status-error.ts'

export interface SweepOptions {
  /** Namespaces younger than this may belong to somebody's running test. */
  readonly olderThanMs: number
}

/** A namespace that was looked at. */
export interface Swept {
  readonly name: string
  readonly title: string
  readonly ageMs: number
  /** `removed`, `ending` already, or `kept` because it is too young. */
  readonly outcome: 'ending' | 'kept' | 'removed'
}

/** Answers every namespace that carries our label, and what became of it. Throws StatusError. */
export async function sweepNamespaces(
  cluster: Cluster,
  { olderThanMs }: SweepOptions,
): Promise<readonly Swept[]> {
  const path = '/api/v1/namespaces'
  const list = await cluster.request('GET', path, undefined, {
    query: { labelSelector: `${OWN_LABEL}=true` },
  })
  if (!isSuccess(list)) throw new StatusError('listing namespaces', statusOf(list))
  const { items } = list.body as { readonly items: readonly KubeObject[] }
  const swept: Swept[] = []
  for (const { metadata } of items) {
    const ageMs = cluster.clock.now() - Date.parse(metadata.creationTimestamp ?? '')
    const title = metadata.annotations?.['podproof.dev/title'] ?? ''
    const outcome = metadata.deletionTimestamp ? 'ending' : ageMs < olderThanMs ? 'kept' : 'removed'
    if (outcome === 'removed') await removeNamespace(cluster, metadata)
    swept.push({ name: metadata.name, title, ageMs, outcome })
  }
  return swept
}

/** By name and uid: a namespace that somebody made anew under the same name is not ours. */
async function removeNamespace(cluster: Cluster, { name, uid }: KubeObject['metadata']): Promise<void> {
  const body = {
    kind: 'DeleteOptions',
    apiVersion: 'v1',
    ...(uid !== undefined && { preconditions: { uid } }),
  }
  const response = await cluster.request('DELETE', `/api/v1/namespaces/${name}`, body)
  if (!isSuccess(response) && response.status !== 404)
    throw new StatusError(`deleting namespace ${name}`, statusOf(response))
}
