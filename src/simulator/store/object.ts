// What a stored object is: a Kubernetes object as it is on the wire, never changed once it is stored.

import type { Json, ObjectMeta } from '../../pod/json.ts'

/** What every object has. A stored one also has a name, a uid, a creationTimestamp and a resourceVersion. */
export interface KubeObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: ObjectMeta
  readonly spec?: unknown
  readonly status?: unknown
}

/** A kind of client-node as a stored object: `type Pod = Stored<V1Pod>`. */
export type Stored<T> = Omit<Json<T>, 'apiVersion' | 'kind' | 'metadata'> & {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: ObjectMeta
}

/** Names an object within its resource; cluster-scoped objects have no namespace. */
export interface ObjectRef {
  readonly namespace?: string | undefined
  readonly name: string
}

/** `shop/web` or, for a cluster-scoped object, `node-1`: the key under which the store keeps it. */
export function keyOf({ namespace, name }: ObjectRef): string {
  return namespace ? `${namespace}/${name}` : name
}

/** How an object is named. */
export function refOf({ metadata }: KubeObject): ObjectRef {
  return { namespace: metadata.namespace, name: metadata.name ?? '' }
}

/** An instant as metav1.Time writes it: whole seconds. */
export function timestamp(atMs: number): string {
  const second = Math.floor(atMs / 1000)
  const known = texts.get(second)
  if (known !== undefined) return known
  if (texts.size === MOST_TEXTS) texts.clear()
  const text = `${new Date(second * 1000).toISOString().slice(0, 19)}Z`
  texts.set(second, text)
  return text
}

// Many writes happen in the same second, and statuses repeat when things began and ended.
const texts = new Map<number, string>()
const MOST_TEXTS = 1_000
