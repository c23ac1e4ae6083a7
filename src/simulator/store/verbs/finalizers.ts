// What still holds an object that is being deleted.

import { isEqual } from '../equality.ts'
import type { Kind } from '../kind.ts'
import type { KubeObject } from '../object.ts'
import type { PropagationPolicy } from './delete.ts'

/** Whether a deletion has begun and nothing holds the object any more: neither grace nor finalizers. */
export function isFinished<T extends KubeObject>(kind: Kind<T>, object: T): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = object.metadata
  return deletionTimestamp !== undefined && deletionGracePeriodSeconds === 0 && !isHeld(kind, object)
}

/** Whether finalizers hold the object, its own or those of its kind. */
export function isHeld<T extends KubeObject>(kind: Kind<T>, object: T): boolean {
  return Boolean(object.metadata.finalizers?.length) || (kind.deletion?.isHeld?.(object) ?? false)
}

/**
 * The finalizers by which the garbage collector knows what to do with dependents
 * (registry/generic/registry/store.go:deletionFinalizersForGarbageCollection).
 */
export function withDependentsPolicy<T extends KubeObject>(
  kind: Kind<T>,
  object: T,
  asked: PropagationPolicy | undefined,
): T {
  const { finalizers = [] } = object.metadata
  const wished =
    WISHES[asked ?? standingPolicy(finalizers) ?? kind.deletion?.defaultPropagation ?? 'Background']
  const others = finalizers.filter((name) => name !== ORPHAN && name !== FOREGROUND)
  const next = wished ? [...others, wished] : others
  if (isEqual(next, finalizers)) return object
  const { finalizers: _, ...metadata } = object.metadata
  return { ...object, metadata: next.length ? { ...metadata, finalizers: next } : metadata }
}

const ORPHAN = 'orphan'
const FOREGROUND = 'foregroundDeletion'
const WISHES = { Background: undefined, Foreground: FOREGROUND, Orphan: ORPHAN } as const

function standingPolicy(finalizers: readonly string[]): PropagationPolicy | undefined {
  if (finalizers.includes(ORPHAN)) return 'Orphan'
  return finalizers.includes(FOREGROUND) ? 'Foreground' : undefined
}
