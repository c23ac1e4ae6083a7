// Objects that the recorder made without writing it down: put into the store as the recording shows them later.

import { conform } from '../../../../src/simulator/api/decoding/conform.ts'
import { kinds } from '../../../../src/simulator/kinds/kinds.ts'
import type { Kind } from '../../../../src/simulator/store/kind.ts'
import { apiVersionOf, resourceOf } from '../../../../src/simulator/store/kind.ts'
import type { KubeObject } from '../../../../src/simulator/store/object.ts'
import type { Registry } from '../../../../src/simulator/store/registry.ts'
import { structOfKind } from '../../../../src/simulator/store/schema/schema.ts'
import type { Exchange } from './exchanges.ts'

/** Makes sure that what an exchange found on the real server is there on ours, too. */
export function seed(registry: Registry, exchanges: readonly Exchange[], index: number): void {
  const exchange = exchanges[index]
  if (exchange) seedItems(registry, exchanges, index, exchange)
  const place = exchange && placeOf(exchange)
  if (!exchange || !place || !wasThere(exchange)) return
  const { kind, namespace, name } = place
  if (registry.store.get(resourceOf(kind), { namespace, name })) return
  const uid = uidIn(exchange)
  const shown = exchanges
    .slice(index)
    .map(objectIn)
    .find((object) => object && isAt(object, place) && (!uid || object.metadata.uid === uid))
  registry.store.put(resourceOf(kind), beforeDeletion(shown ?? bareObject(place, uid)))
}

/** What a list shows that nobody was recorded making. */
function seedItems(
  registry: Registry,
  exchanges: readonly Exchange[],
  index: number,
  { response }: Exchange,
): void {
  const { items, kind, apiVersion } = (response?.body ?? {}) as {
    items?: KubeObject[]
    kind?: string
    apiVersion?: string
  }
  const itemKind = kinds.find(
    (one) => `${one.kind}List` === kind && apiVersionOf(one) === apiVersion && !one.view,
  )
  if (!items || !itemKind || !/[?&]labelSelector=(api-list|col)/.test(exchanges[index]?.request.path ?? ''))
    return
  for (const item of items) {
    const { namespace, name = '' } = item.metadata
    if (registry.store.get(resourceOf(itemKind), { namespace, name })) continue
    registry.store.put(resourceOf(itemKind), { ...item, apiVersion: apiVersion ?? '', kind: itemKind.kind })
  }
}

interface Place {
  readonly kind: Kind
  readonly namespace: string | undefined
  readonly name: string
}

function placeOf({ request }: Exchange): Place | undefined {
  if (request.method === 'POST' || request.body === undefined) return undefined
  const [path = ''] = request.path.split('?')
  const parts = path.split('/').filter((part) => part !== '')
  const group = parts[0] === 'apis' ? (parts[1] ?? '') : ''
  const rest = parts.slice(group ? 3 : 2)
  const [namespace, plural, name] =
    rest[0] === 'namespaces' && rest.length > 2 ? rest.slice(1) : [undefined, ...rest]
  const kind = kinds.find(
    (candidate) => candidate.plural === plural && candidate.group === group && !candidate.view,
  )
  return kind && name !== undefined && kind.namespaced === (namespace !== undefined)
    ? { kind, namespace, name }
    : undefined
}

/** What was refused for another reason than that it is missing was there as well; an apply may have made it. */
function wasThere({ request, response }: Exchange): boolean {
  if (/apply-patch/.test(request.headers['Content-Type'] ?? '')) return false
  return response?.status === 200 || response?.status === 409
}

function uidIn({ response }: Exchange): string | undefined {
  const { metadata, details } = (response.body ?? {}) as Partial<KubeObject> & { details?: { uid?: string } }
  return metadata?.uid ?? details?.uid
}

/** All that is known of an object whose deletion was answered with a Status. */
function bareObject(
  { kind, namespace, name }: Place,
  uid = '00000000-0000-4000-8000-000000000000',
): KubeObject {
  const creationTimestamp = '2026-11-22T09:40:42Z'
  const metadata = { name, ...(namespace && { namespace }), uid, creationTimestamp }
  const bare = { apiVersion: apiVersionOf(kind), kind: kind.kind, metadata }
  const struct = structOfKind(kind)
  return struct ? (conform(bare, struct, new Map()).value as KubeObject) : bare
}

function objectIn({ response }: Exchange): KubeObject | undefined {
  const body = response?.body as Partial<KubeObject> | null | undefined
  return body?.metadata?.uid ? (body as KubeObject) : undefined
}

function isAt(object: KubeObject, { kind, namespace, name }: Place): boolean {
  return (
    object?.kind === kind.kind && object.metadata.name === name && object.metadata.namespace === namespace
  )
}

function beforeDeletion(object: KubeObject): KubeObject {
  const { deletionTimestamp: _, deletionGracePeriodSeconds: _g, finalizers, ...metadata } = object.metadata
  const kept = finalizers?.filter((name) => name !== 'orphan' && name !== 'foregroundDeletion') ?? []
  const { generation } = metadata
  const counted = generation && object.metadata.deletionTimestamp ? { generation: generation - 1 } : {}
  return { ...object, metadata: { ...metadata, ...counted, ...(kept.length && { finalizers: kept }) } }
}
