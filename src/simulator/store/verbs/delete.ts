// DELETE: how an object goes, at once or after its grace and its finalizers.

import { checkAdmission, contextOf } from './backing.ts'
import type { Backing, WriteOptions } from './backing.ts'
import { notFoundError, preconditionFailed } from '../api-error.ts'
import type { Context, Kind } from '../kind.ts'
import { resourceOf } from '../kind.ts'
import type { KubeObject, ObjectRef } from '../object.ts'
import { timestamp } from '../object.ts'
import { isFinished, isHeld, withDependentsPolicy } from './finalizers.ts'
import { copyWith } from '../copy-with.ts'

export type PropagationPolicy = 'Background' | 'Foreground' | 'Orphan'

export interface DeleteOptions extends WriteOptions {
  /** Below 0 counts as 1. */
  readonly gracePeriodSeconds?: number | undefined
  readonly propagationPolicy?: PropagationPolicy | undefined
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string } | undefined
}

/** What a deletion came to: the object as it is now, or as it was last. */
export interface Deleted<T extends KubeObject> {
  readonly object: T
  readonly isGone: boolean
}

/**
 * Marks the object and, if nothing holds it, removes it. Marking and removing are two writes where the kind is graceful,
 * so a watch sees `deletionGracePeriodSeconds: 0` before the DELETED (registry/generic/registry/store.go:Delete).
 */
export function deleteObject<T extends KubeObject>(
  backing: Backing,
  kind: Kind<T>,
  ref: ObjectRef,
  options: DeleteOptions,
): Deleted<T> {
  if (kind.view) return deleteView(backing, kind, ref, options)
  const resource = resourceOf(kind)
  const stored = backing.store.get(resource, ref) as T | undefined
  if (!stored) throw notFoundError(kind, ref.name)
  refuseOthers(kind, stored, options)
  const context = contextOf(backing, options)
  checkAdmission(backing, {
    operation: 'DELETE',
    kind,
    ref,
    subresource: '',
    object: stored,
    old: stored,
    context,
  })
  for (const text of kind.deletion?.warnings?.(stored, options.propagationPolicy) ?? []) context.warn(text)

  const marked = markedForDeletion(kind, stored, options, context)
  const isGone = isFinished(kind, marked) || isGoneAtOnce(kind, marked)
  if (context.dryRun) return { object: marked, isGone }
  const object = marked === stored ? stored : (backing.store.put(resource, marked) as T)
  return isGone ? { object: backing.store.remove(resource, ref) as T, isGone } : { object, isGone }
}

function deleteView<T extends KubeObject>(
  backing: Backing,
  kind: Kind<T>,
  ref: ObjectRef,
  options: DeleteOptions,
): Deleted<T> {
  const { view } = kind as Required<Pick<Kind<T>, 'view'>>
  const { object, isGone } = deleteObject(backing, view.of, ref, options)
  return { object: view.read(object) as T, isGone }
}

/** The object as the deletion leaves it; the very same object where nothing is to be written before it goes. */
function markedForDeletion<T extends KubeObject>(
  kind: Kind<T>,
  stored: T,
  options: DeleteOptions,
  context: Context,
): T {
  const object = withDependentsPolicy(kind, stored, options.propagationPolicy)
  const asked = askedGrace(options)
  if (object.metadata.deletionTimestamp) return withShorterGrace(object, asked)
  const graceSeconds = kind.deletion?.graceSeconds?.(object, asked, context)
  if (graceSeconds === undefined && !isHeld(kind, object)) return stored
  return withDeletion(kind, object, graceSeconds ?? 0, context)
}

function withDeletion<T extends KubeObject>(
  kind: Kind<T>,
  object: T,
  graceSeconds: number,
  context: Context,
): T {
  const { generation } = object.metadata
  const metadata = {
    ...object.metadata,
    ...(generation && { generation: generation + 1 }),
    deletionTimestamp: timestamp(context.atMs + graceSeconds * 1000),
    deletionGracePeriodSeconds: graceSeconds,
  }
  const marked = copyWith(object, { metadata })
  return kind.deletion?.begin?.(marked, context) ?? marked
}

/** Only a shorter grace than the running one counts, and it counts from the first request. */
function withShorterGrace<T extends KubeObject>(object: T, asked: number | undefined): T {
  const { deletionTimestamp = '', deletionGracePeriodSeconds = 0 } = object.metadata
  if (asked === undefined || asked >= deletionGracePeriodSeconds) return object
  const beganMs = Date.parse(deletionTimestamp) - deletionGracePeriodSeconds * 1000
  const metadata = {
    ...object.metadata,
    deletionTimestamp: timestamp(beganMs + asked * 1000),
    deletionGracePeriodSeconds: asked,
  }
  return copyWith(object, { metadata })
}

/** A kind without grace goes without being marked first, unless something holds it. */
function isGoneAtOnce<T extends KubeObject>(kind: Kind<T>, object: T): boolean {
  return !object.metadata.deletionTimestamp && !isHeld(kind, object)
}

function askedGrace({ gracePeriodSeconds }: DeleteOptions): number | undefined {
  return gracePeriodSeconds !== undefined && gracePeriodSeconds < 0 ? 1 : gracePeriodSeconds
}

function refuseOthers(kind: Kind, { metadata }: KubeObject, { preconditions }: DeleteOptions): void {
  const { uid, resourceVersion } = preconditions ?? {}
  if (uid !== undefined && uid !== metadata.uid) {
    throw preconditionFailed(kind, metadata.name ?? '', 'UID', uid, metadata.uid)
  }
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
    throw preconditionFailed(
      kind,
      metadata.name ?? '',
      'ResourceVersion',
      resourceVersion,
      metadata.resourceVersion,
    )
  }
}
