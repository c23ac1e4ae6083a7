// A resource as it was at an earlier resourceVersion: the present with the latest changes taken back.

import type { KubeObject } from '../store/object.ts'
import { keyOf, refOf } from '../store/object.ts'
import type { Store } from '../store/store.ts'

/** The objects of a resource at `resourceVersion`, in the order of their keys; undefined if that is too long ago. */
export function pastObjects(
  store: Store,
  resource: string,
  namespace: string | undefined,
  resourceVersion: number,
): readonly KubeObject[] | undefined {
  const changes = store.changesAfter(resource, resourceVersion)
  if (!changes) return undefined
  const present = store.list(resource, namespace)
  if (!changes.length) return present
  const objects = new Map(present.map((object) => [keyOf(refOf(object)), object]))
  for (const { key, object, previous } of changes.toReversed()) {
    if (namespace && object.metadata.namespace !== namespace) continue
    if (previous) objects.set(key, previous)
    else objects.delete(key)
  }
  return [...objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object)
}
