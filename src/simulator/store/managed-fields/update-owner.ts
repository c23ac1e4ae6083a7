// What a create or an update takes over: the writer owns what it changes, and everybody else loses it.

import type { Kind } from '../kind.ts'
import { apiVersionOf } from '../kind.ts'
import type { KubeObject } from '../object.ts'
import { timestamp } from '../object.ts'
import { structOfKind } from '../schema/schema.ts'
import type { Comparison } from './comparison.ts'
import { compare } from './comparison.ts'
import { structShape } from './elements.ts'
import type { FieldSet } from './field-set.ts'
import { difference, union, without } from './field-set.ts'
import type { Owner, OwnerId } from './owners.ts'
import { isSameOwner, ownersOf, withOwners } from './owners.ts'

export interface Write {
  readonly fieldManager?: string | undefined
  readonly subresource?: string | undefined
}

/** Metadata that belongs to nobody (fieldmanager/internal/stripmeta.go). */
const UNOWNED: readonly (readonly string[])[] = [
  ['f:apiVersion'],
  ['f:kind'],
  ...[
    'creationTimestamp',
    'generation',
    'managedFields',
    'name',
    'namespace',
    'resourceVersion',
    'selfLink',
    'uid',
  ].map((field) => ['f:metadata', `f:${field}`]),
]

/** The new object, owned by its creator; what a client says about owners itself is dropped. */
export function createdFields<T extends KubeObject>(kind: Kind<T>, object: T, write: Write, atMs: number): T {
  const empty = { apiVersion: object.apiVersion, kind: object.kind, metadata: {} }
  const { changed } = ownable(kind, compareObjects(kind, empty, object), write)
  return {
    ...object,
    metadata: withOwners(object.metadata, changed ? [ownerOf(kind, write, atMs, changed)] : []),
  }
}

/**
 * The wished object with the owners that the write leaves. An object that nobody owned stays without owners, and
 * `managedFields: [{}]` takes them all away (fieldmanager/skipnonapplied.go, managedfieldsupdater.go).
 */
export function updatedFields<T extends KubeObject>(
  kind: Kind<T>,
  wished: T,
  old: T,
  write: Write,
  atMs: number,
): T {
  if (isReset(wished)) return { ...wished, metadata: withOwners(wished.metadata, []) }
  const owners = ownersOf(old.metadata)
  if (!owners.length)
    return wished.metadata.managedFields ? { ...wished, metadata: withOwners(wished.metadata, []) } : wished
  const comparison = ownable(kind, compareObjects(kind, old, wished), write)
  if (!comparison.changed && !comparison.removed) return withSameOwners(wished, old)
  const lost = union(comparison.changed, comparison.removed)
  const left = owners.map((owner) => ({ ...owner, fields: difference(owner.fields, lost) }))
  const next = comparison.changed ? taken(left, ownerOf(kind, write, atMs, comparison.changed)) : left
  return { ...wished, metadata: withOwners(wished.metadata, next) }
}

/** How two states of an object of a kind differ. */
export function compareObjects(kind: Kind, before: KubeObject, after: KubeObject): Comparison {
  return compare(before, after, structShape(structOfKind(kind)))
}

/** Without what belongs to nobody, and what the door of the write does not touch. */
function ownable(kind: Kind, { changed, removed }: Comparison, { subresource }: Write): Comparison {
  return { changed: owned(changed, kind, subresource), removed: owned(removed, kind, subresource) }
}

export function owned(
  set: FieldSet | undefined,
  kind: Kind,
  subresource: string | undefined,
): FieldSet | undefined {
  const paths = [...UNOWNED, ...resetPaths(kind, subresource)]
  return set && paths.reduce<FieldSet | undefined>(without, set)
}

function resetPaths(kind: Kind, subresource: string | undefined): readonly (readonly string[])[] {
  if (subresource === 'status') {
    return [['f:spec'], ['f:metadata', 'f:deletionTimestamp'], ['f:metadata', 'f:ownerReferences']]
  }
  return kind.hasStatus ? [['f:status']] : []
}

/** Adds what an owner took to what it had. */
function taken(owners: readonly Owner[], owner: Owner): readonly Owner[] {
  const previous = owners.find((other) => isSameOwner(other, owner))
  const others = owners.filter((other) => other !== previous)
  return [...others, { ...owner, fields: union(previous?.fields, owner.fields) }]
}

function ownerOf(kind: Kind, write: Write, atMs: number, fields: FieldSet): Owner {
  return { ...updaterOf(kind, write), time: timestamp(atMs), fields }
}

function updaterOf(kind: Kind, { fieldManager = 'unknown', subresource = '' }: Write): OwnerId {
  return { manager: fieldManager, operation: 'Update', apiVersion: apiVersionOf(kind), subresource }
}

function isReset({ metadata: { managedFields } }: KubeObject): boolean {
  return managedFields?.length === 1 && Object.keys(managedFields[0] ?? {}).length === 0
}

function withSameOwners<T extends KubeObject>(wished: T, old: T): T {
  const { managedFields } = old.metadata
  if (wished.metadata.managedFields === managedFields) return wished
  const { managedFields: _, ...metadata } = wished.metadata
  return { ...wished, metadata: managedFields ? { ...metadata, managedFields } : metadata }
}
