// POST: how an object comes to be stored.

import { admitted, checkAdmission, contextOf } from './backing.ts'
import type { Backing, CreateOptions } from './backing.ts'
import type { AdmissionRequest } from '../admission.ts'
import {
  alreadyExists,
  beingDeleted,
  generatedNameExists,
  invalidObject,
  plainFailure,
} from '../api-error.ts'
import type { Context, Kind } from '../kind.ts'
import { apiVersionOf, resourceOf } from '../kind.ts'
import { createdFields } from '../managed-fields/update-owner.ts'
import type { ObjectMeta } from '../../../pod/json.ts'
import type { KubeObject } from '../object.ts'
import { refOf, timestamp } from '../object.ts'
import { objectMetaErrors } from '../object-meta.ts'
import { copyWith } from '../copy-with.ts'

/** Letters and digits that cannot form words or be mistaken for each other (apimachinery/pkg/util/rand). */
const SUFFIX_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789'
const SUFFIX_LENGTH = 5
const MAX_GENERATED_PREFIX = 63 - SUFFIX_LENGTH

/**
 * In the order of the real server: defaults, owners of fields, mutating admission, what the server decides,
 * validation, validating admission, storage (apiserver/pkg/endpoints/handlers/create.go, registry/rest/create.go).
 */
export function create<T extends KubeObject>(
  backing: Backing,
  kind: Kind<T>,
  object: T,
  options: CreateOptions,
): T {
  if (isSet(object.metadata?.resourceVersion)) {
    throw plainFailure('resourceVersion should not be set on objects to be created')
  }
  if (kind.view) return createView(backing, kind, object, options)
  const context = contextOf(backing, options)
  const owned = ownedFields(kind, withKind(kind, withDefaults(kind, object)), options, context.atMs)
  const request = requestOf(kind, owned, context)
  const begun = begin(kind, admitted(backing, request) as T, context)
  refuseMistakes(kind, begun, context)
  checkAdmission(backing, { ...request, object: begun, ref: refOf(begun) })
  refuseTaken(backing, kind, begun, object)
  for (const text of kind.warnings?.(begun, undefined) ?? []) context.warn(text)
  return context.dryRun ? begun : (backing.store.put(resourceOf(kind), begun) as T)
}

function createView<T extends KubeObject>(
  backing: Backing,
  kind: Kind<T>,
  object: T,
  options: CreateOptions,
): T {
  const { view } = kind as Required<Pick<Kind<T>, 'view'>>
  const errors = kind.validate?.(object, contextOf(backing, options)) ?? []
  if (errors.length) throw invalidObject(kind, object.metadata.name ?? '', errors)
  return view.read(create(backing, view.of, view.write(withDefaults(kind, object)), options)) as T
}

/** Fills the metadata that the server owns, and lets the kind decide the rest (registry/rest/create.go:BeforeCreate). */
function begin<T extends KubeObject>(kind: Kind<T>, object: T, context: Context): T {
  const filled = copyWith(object, { metadata: newMetadata(kind, object.metadata, context) })
  const begun = kind.hasStatus ? withoutStatus(filled) : filled
  return kind.prepareForCreate?.(begun, context) ?? begun
}

/** Keeps the place of the resourceVersion, which comes when the object is stored. */
const RESOURCE_VERSION_PLACE: object = { resourceVersion: undefined }

/** In the order in which the real server writes them. */
function newMetadata(kind: Kind, metadata: ObjectMeta, context: Context): ObjectMeta {
  const { name, generateName, namespace, managedFields, ...rest } = metadata
  const { resourceVersion: _, generation: _g, selfLink: _s, uid: _u, creationTimestamp: _c, ...others } = rest
  const { deletionTimestamp: _d, deletionGracePeriodSeconds: _p, ...kept } = others
  return {
    name: name || generatedName(generateName, context),
    ...(generateName && { generateName }),
    ...(namespace && { namespace }),
    uid: context.random.uuid(),
    ...RESOURCE_VERSION_PLACE,
    ...(kind.hasGeneration && { generation: 1 }),
    creationTimestamp: timestamp(context.atMs),
    ...kept,
    ...(managedFields && { managedFields }),
  }
}

function generatedName(prefix: string | undefined, { random }: Context): string {
  if (!prefix) return ''
  return prefix.slice(0, MAX_GENERATED_PREFIX) + random.text(SUFFIX_LENGTH, SUFFIX_ALPHABET)
}

function refuseMistakes<T extends KubeObject>(kind: Kind<T>, object: T, context: Context): void {
  const errors = [...objectMetaErrors(object.metadata, kind), ...(kind.validate?.(object, context) ?? [])]
  if (errors.length) throw invalidObject(kind, object.metadata.name ?? '', errors)
}

function refuseTaken(backing: Backing, kind: Kind, object: KubeObject, asked: KubeObject): void {
  const ref = refOf(object)
  const existing = backing.store.get(resourceOf(kind), ref)
  if (!existing) return
  if (!asked.metadata.name) throw generatedNameExists(kind, ref.name)
  throw existing.metadata.deletionTimestamp ? beingDeleted(kind, ref.name) : alreadyExists(kind, ref.name)
}

function requestOf(kind: Kind, object: KubeObject, context: Context): AdmissionRequest {
  return { operation: 'CREATE', kind, ref: refOf(object), subresource: '', object, old: undefined, context }
}

/** An apply has settled the owners itself. */
function ownedFields<T extends KubeObject>(
  kind: Kind<T>,
  object: T,
  options: CreateOptions,
  atMs: number,
): T {
  return options.isApplied ? object : createdFields(kind, object, options, atMs)
}

function withDefaults<T extends KubeObject>(kind: Kind<T>, object: T): T {
  return kind.defaults?.(object) ?? object
}

/** The path of the request decides the kind: an object may come without. */
function withKind<T extends KubeObject>(kind: Kind<T>, object: T): T {
  const apiVersion = apiVersionOf(kind)
  if (object.kind === kind.kind && object.apiVersion === apiVersion) return object
  return copyWith(object, { kind: kind.kind, apiVersion })
}

function withoutStatus<T extends KubeObject>(object: T): T {
  if (object.status === undefined) return object
  const { status: _, ...rest } = object
  return rest as T
}

/** A resourceVersion that is no number is as good as none (storage/etcd3/api_object_versioner.go). */
function isSet(resourceVersion: string | undefined): boolean {
  return resourceVersion !== undefined && /^[1-9][0-9]*$/.test(resourceVersion)
}
