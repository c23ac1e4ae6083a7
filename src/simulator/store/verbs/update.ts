// PUT and PATCH: how a stored object becomes another one, through its main door or a subresource.

import { admitted, checkAdmission, contextOf } from './backing.ts'
import type { Backing, WriteOptions } from './backing.ts'
import type { AdmissionRequest } from '../admission.ts'
import { invalidObject, notFoundError, plainFailure, staleWrite, uidConflict } from '../api-error.ts'
import { isEqual, isEqualBeside } from '../equality.ts'
import { invalid } from '../field-error.ts'
import type { Context, Kind, UpdateStrategy } from '../kind.ts'
import { resourceOf } from '../kind.ts'
import { updatedFields } from '../managed-fields/update-owner.ts'
import type { ObjectMeta } from '../../../pod/json.ts'
import type { KubeObject, ObjectRef } from '../object.ts'
import { keyOf, refOf } from '../object.ts'
import { objectMetaUpdateErrors } from '../object-meta.ts'
import { strategyOf } from './strategy.ts'
import { isFinished } from './finalizers.ts'
import { copyWith } from '../copy-with.ts'
import { defined } from '../defined.ts'

export interface UpdateOptions extends WriteOptions {
  /** `status`, `resize`...: the door; the main one if left out. */
  readonly subresource?: string | undefined
  /** Whether the wished state comes with its managedFields, as an apply makes it. */
  readonly isApplied?: boolean | undefined
  /** Whom the writer means: another object of the same name is a conflict. */
  readonly expectedUid?: string | undefined
}

/**
 * `make` answers the wished state from the stored one. A resourceVersion in it must be the stored one. The answer is the
 * stored state: the old one if nothing changed, the last one if the last finalizer went
 * (registry/generic/registry/store.go:Update, registry/rest/update.go:BeforeUpdate).
 */
export function update<T extends KubeObject>(
  backing: Backing,
  kind: Kind<T>,
  ref: ObjectRef,
  make: (old: T) => T,
  options: UpdateOptions,
): T {
  if (kind.view) return updateView(backing, kind, ref, make, options)
  const old = backing.store.get(resourceOf(kind), ref) as T | undefined
  if (!old) throw notFoundError(kind, ref.name)
  const wished = make(old)
  if (wished === old) return old
  refuseStale(kind, wished, old, options)
  const context = contextOf(backing, options)
  const request = requestOf(kind, ref, wished, old, options, context)
  const object = prepared(backing, kind, request, options)
  if (isUnchanged(object, old)) return old
  if (context.dryRun) return object
  if (!isFinished(kind, object)) return backing.store.put(resourceOf(kind), object) as T
  backing.store.remove(resourceOf(kind), ref)
  return object
}

function updateView<T extends KubeObject>(
  backing: Backing,
  kind: Kind<T>,
  ref: ObjectRef,
  make: (old: T) => T,
  options: UpdateOptions,
): T {
  const { view } = kind as Required<Pick<Kind<T>, 'view'>>
  const stored = update(backing, view.of, ref, (old) => view.write(make(view.read(old) as T)), options)
  return view.read(stored) as T
}

function prepared<T extends KubeObject>(
  backing: Backing,
  kind: Kind<T>,
  request: AdmissionRequest,
  options: UpdateOptions,
): T {
  const { context } = request
  const old = request.old as T
  const strategy = strategyOf(kind, request.subresource)
  const defaulted = kind.defaults?.(request.object as T) ?? (request.object as T)
  const owned = ownedFields(kind, keptSystemFields(defaulted, old), old, options, context.atMs)
  const allowed = admitted(backing, { ...request, object: owned }) as T
  const object = strategy.prepare(allowed, old, context)
  refuseMistakes(kind, strategy, object, old, context)
  checkAdmission(backing, { ...request, object })
  for (const text of strategy.warnings?.(object, old) ?? []) context.warn(text)
  return object
}

/** An apply has settled the owners itself. */
function ownedFields<T extends KubeObject>(
  kind: Kind<T>,
  wished: T,
  old: T,
  options: UpdateOptions,
  atMs: number,
): T {
  return options.isApplied ? wished : updatedFields(kind, wished, old, options, atMs)
}

function refuseStale(kind: Kind, wished: KubeObject, old: KubeObject, { expectedUid }: UpdateOptions): void {
  const { resourceVersion = '' } = wished.metadata
  const { name } = refOf(old)
  if (expectedUid && expectedUid !== old.metadata.uid) {
    throw uidConflict(kind, keyOf(refOf(old)), name, expectedUid, old.metadata.uid ?? '')
  }
  if (resourceVersion && !/^[0-9]+$/.test(resourceVersion)) {
    throw plainFailure(`strconv.ParseUint: parsing ${JSON.stringify(resourceVersion)}: invalid syntax`)
  }
  const isUnconditional = !resourceVersion || Number(resourceVersion) === 0
  if (isUnconditional && kind.needsResourceVersion) {
    const mistake = invalid('metadata.resourceVersion', 0, 'must be specified for an update')
    throw invalidObject(kind, name, [mistake])
  }
  if (!isUnconditional && resourceVersion !== old.metadata.resourceVersion) throw staleWrite(kind, name)
}

/**
 * Metadata that a client may leave out, and cannot change: what it says otherwise is a mistake of its own, or ignored
 * (registry/rest/update.go:BeforeUpdate, objectmeta.go:ValidateObjectMetaAccessorUpdate).
 */
function keptSystemFields<T extends KubeObject>(object: T, old: T): T {
  // Whoever lives beside the server changes what it was given, and mostly not the metadata.
  const isSame = object.metadata === old.metadata
  if (isSame && object.apiVersion === old.apiVersion && object.kind === old.kind) return object
  const metadata = isSame ? object.metadata : withSystemFields(object.metadata, old.metadata)
  return copyWith(object, { apiVersion: old.apiVersion, kind: old.kind, metadata })
}

function withSystemFields(metadata: ObjectMeta, old: ObjectMeta): ObjectMeta {
  return defined({
    ...metadata,
    name: metadata.name || old.name,
    namespace: old.namespace ? metadata.namespace || old.namespace : metadata.namespace,
    uid: metadata.uid || old.uid,
    resourceVersion: old.resourceVersion,
    generation: old.generation,
    creationTimestamp: old.creationTimestamp,
    deletionTimestamp: metadata.deletionTimestamp ?? old.deletionTimestamp,
    deletionGracePeriodSeconds: metadata.deletionGracePeriodSeconds ?? old.deletionGracePeriodSeconds,
    selfLink: undefined,
  })
}

function refuseMistakes<T extends KubeObject>(
  kind: Kind<T>,
  strategy: UpdateStrategy<T>,
  object: T,
  old: T,
  context: Context,
): void {
  const metadata = objectMetaUpdateErrors(object.metadata, old.metadata)
  const errors = [
    // Looked at for every kind (rest.BeforeUpdate), and once more by each kind's own strategy.
    ...metadata,
    ...metadata,
    ...(strategy.validate?.(object, old, context) ?? []),
  ]
  if (errors.length) throw invalidObject(kind, object.metadata.name ?? '', errors)
}

/** Who owns which field since when is no change by itself. */
function isUnchanged(object: KubeObject, old: KubeObject): boolean {
  if (!isEqualBeside('metadata', object, old)) return false
  if (!isEqualBeside('managedFields', object.metadata, old.metadata)) return false
  return isSameOwnership(object, old)
}

function isSameOwnership(object: KubeObject, old: KubeObject): boolean {
  if (object.metadata.managedFields === old.metadata.managedFields) return true
  const timeless = ({ metadata }: KubeObject) =>
    metadata.managedFields?.map((entry) => ({ ...entry, time: undefined }))
  return isEqual(timeless(object), timeless(old))
}

function requestOf(
  kind: Kind,
  ref: ObjectRef,
  object: KubeObject,
  old: KubeObject,
  { subresource = '' }: UpdateOptions,
  context: Context,
): AdmissionRequest {
  return { operation: 'UPDATE', kind, ref, subresource, object, old, context }
}
