// What a create or an update takes over: the writer owns what it changes, and everybody else loses it.

import type { Kind } from '../kind.ts'
import { apiVersionOf } from '../kind.ts'
import type { KubeObject } from '../object.ts'
import { timestamp } from '../object.ts'
import type { Comparison } from './comparison.ts'
import { compare } from './comparison.ts'
import { kindShape } from './elements.ts'
import type { FieldSet } from './field-set.ts'
import { difference, LEAF, union, without } from './field-set.ts'
import type { Owner, OwnerId } from './owners.ts'
import { isSameOwner, ownersOf, withOwners } from './owners.ts'
import { sharedSet } from './shared-set.ts'
import { copyWith } from '../copy-with.ts'

export interface Write {
  readonly fieldManager?: string | undefined
  readonly subresource?: string | undefined
}

/** Metadata that belongs to nobody (fieldmanager/internal/stripmeta.go). */
const UNOWNED: FieldSet = {
  'f:apiVersion': LEAF,
  'f:kind': LEAF,
  'f:metadata': {
    'f:creationTimestamp': LEAF,
    'f:generation': LEAF,
    'f:managedFields': LEAF,
    'f:name': LEAF,
    'f:namespace': LEAF,
    'f:resourceVersion': LEAF,
    'f:selfLink': LEAF,
    'f:uid': LEAF,
  },
}

/** What the main door does not write where status has a door of its own, and what the status door does not. */
const UNOWNED_BY_MAIN: FieldSet = { ...UNOWNED, 'f:status': LEAF }
const UNOWNED_BY_STATUS: FieldSet = {
  ...UNOWNED,
  'f:metadata': { ...UNOWNED['f:metadata'], 'f:deletionTimestamp': LEAF, 'f:ownerReferences': LEAF },
  'f:spec': LEAF,
}

/** The new object, owned by its creator; what a client says about owners itself is dropped. */
export function createdFields<T extends KubeObject>(kind: Kind<T>, object: T, write: Write, atMs: number): T {
  const empty = { apiVersion: object.apiVersion, kind: object.kind, metadata: {} }
  const { changed } = ownable(kind, compareObjects(kind, empty, object), write)
  const owners = changed ? [ownerOf(kind, write, atMs, sharedSet(changed))] : []
  return copyWith(object, { metadata: withOwners(object.metadata, owners) })
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
  if (isReset(wished)) return copyWith(wished, { metadata: withOwners(wished.metadata, []) })
  const owners = ownersOf(old.metadata)
  if (!owners.length)
    return wished.metadata.managedFields
      ? copyWith(wished, { metadata: withOwners(wished.metadata, []) })
      : wished
  const comparison = ownable(kind, compareObjects(kind, old, wished), write)
  if (!comparison.changed && !comparison.removed) return withSameOwners(wished, old)
  const metadata = withOwners(wished.metadata, settled(owners, kind, comparison, write, atMs))
  return copyWith(wished, { metadata })
}

/** The writer takes what it changed from everybody else; what it removed nobody has any more. */
function settled(
  owners: readonly Owner[],
  kind: Kind,
  { changed, removed }: Comparison,
  write: Write,
  atMs: number,
): readonly Owner[] {
  const writer = updaterOf(kind, write)
  const lost = union(changed, removed)
  const own = owners.find((owner) => isSameOwner(owner, writer))
  const others = owners.filter((owner) => owner !== own).map((owner) => losing(owner, lost))
  if (!changed) return own ? [...others, losing(own, removed)] : others
  const fields = union(difference(own?.fields, removed), changed) ?? changed
  return [...others, ownerOf(kind, write, atMs, fields === own?.fields ? fields : sharedSet(fields))]
}

function losing(owner: Owner, lost: FieldSet | undefined): Owner {
  const fields = difference(owner.fields, lost)
  return fields === owner.fields ? owner : { ...owner, fields }
}

/** How two states of an object of a kind differ. */
export function compareObjects(kind: Kind, before: KubeObject, after: KubeObject): Comparison {
  return compare(before, after, kindShape(kind))
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
  if (subresource === 'status') return without(set, UNOWNED_BY_STATUS)
  return without(set, kind.hasStatus ? UNOWNED_BY_MAIN : UNOWNED)
}

function ownerOf(kind: Kind, write: Write, atMs: number, fields: FieldSet): Owner {
  const { manager, operation, apiVersion, subresource } = updaterOf(kind, write)
  return { manager, operation, apiVersion, subresource, time: timestamp(atMs), fields }
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
  return copyWith(wished, { metadata: managedFields ? copyWith(metadata, { managedFields }) : metadata })
}
