// What an update through each door keeps from the old object: the main door status, the status door everything else.

import { noSuchResource } from '../api-error.ts'
import { isEqualBeside } from '../equality.ts'
import type { Kind, UpdateStrategy } from '../kind.ts'
import type { KubeObject } from '../object.ts'
import { copyWith } from '../copy-with.ts'

/** The rules of the main door ('') or of a subresource that updates. */
export function strategyOf<T extends KubeObject>(kind: Kind<T>, subresource: string): UpdateStrategy<T> {
  if (!subresource) return mainDoor(kind)
  const door = kind.subresources?.find(({ name }) => name === subresource)
  if (!door?.verbs.includes('update')) throw noSuchResource()
  return door.update ?? (STATUS_DOOR as UpdateStrategy<T>)
}

/** Status stays as it was; the generation counts what changed beside metadata and status. */
function mainDoor<T extends KubeObject>(kind: Kind<T>): UpdateStrategy<T> {
  return {
    prepare(object, old, context) {
      const kept = kind.hasStatus ? withStatus(object, old.status) : object
      const ready = kind.prepareForUpdate?.(kept, old, context) ?? kept
      return kind.hasGeneration && isNewGeneration(ready, old) ? withNextGeneration(ready, old) : ready
    },
    validate: (object, old, context) => kind.validateUpdate?.(object, old, context) ?? [],
    warnings: (object, old) => kind.warnings?.(object, old) ?? [],
  }
}

/** Everything but status and metadata stays as it was; owners and deletion cannot be changed through this door. */
const STATUS_DOOR: UpdateStrategy = {
  prepare(object, old) {
    const { ownerReferences: _, ...metadata } = object.metadata
    const { ownerReferences } = old.metadata
    const kept = withStatus(old, object.status)
    return { ...kept, metadata: ownerReferences ? { ...metadata, ownerReferences } : metadata }
  },
}

function withStatus<T extends KubeObject>(object: T, status: unknown): T {
  if (object.status === status) return object
  const { status: _, ...rest } = object
  return (status === undefined ? rest : { ...rest, status }) as T
}

function isNewGeneration(object: KubeObject, old: KubeObject): boolean {
  return !isEqualBeside('metadata', { ...object, status: null }, { ...old, status: null })
}

function withNextGeneration<T extends KubeObject>(object: T, old: T): T {
  const generation = (old.metadata.generation ?? 0) + 1
  return copyWith(object, { metadata: copyWith(object.metadata, { generation }) })
}
