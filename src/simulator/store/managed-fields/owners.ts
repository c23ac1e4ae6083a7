// Who owns which fields of an object: metadata.managedFields, read and written.

import type { ObjectMeta } from '../../../pod/json.ts'
import type { FieldSet } from './field-set.ts'
import { copyWith } from '../copy-with.ts'
import { defined } from '../defined.ts'

type ManagedFieldsEntry = NonNullable<ObjectMeta['managedFields']>[number]

/** One owner. Two owners are the same if manager, operation, apiVersion and subresource are. */
export interface Owner {
  readonly manager: string
  readonly operation: 'Apply' | 'Update'
  readonly apiVersion: string
  readonly subresource: string
  readonly time: string
  readonly fields: FieldSet | undefined
}

export type OwnerId = Pick<Owner, 'apiVersion' | 'manager' | 'operation' | 'subresource'>

export function ownersOf({ managedFields = [] }: ObjectMeta): readonly Owner[] {
  return managedFields.map((entry) => ({
    manager: entry.manager ?? '',
    operation: entry.operation === 'Apply' ? 'Apply' : 'Update',
    apiVersion: entry.apiVersion ?? '',
    subresource: entry.subresource ?? '',
    time: entry.time ?? '',
    fields: entry.fieldsV1 as FieldSet | undefined,
  }))
}

/** The metadata with these owners; those that own nothing vanish. */
export function withOwners(metadata: ObjectMeta, owners: readonly Owner[]): ObjectMeta {
  const left = owners.filter(({ fields }) => fields)
  const entries = (left.length > 1 ? left.toSorted(compareOwners) : left).map(entryOf)
  if (entries.length) return copyWith(metadata, { managedFields: entries })
  const { managedFields: _, ...rest } = metadata
  return rest
}

export function isSameOwner(a: OwnerId, b: OwnerId): boolean {
  return (
    a.manager === b.manager &&
    a.operation === b.operation &&
    a.subresource === b.subresource &&
    // An applier stays the same one when it comes with another version.
    (a.operation === 'Apply' || a.apiVersion === b.apiVersion)
  )
}

function entryOf({
  manager,
  operation,
  apiVersion,
  time,
  fields = {},
  subresource,
}: Owner): ManagedFieldsEntry {
  return defined({
    manager,
    operation,
    apiVersion,
    time: time || undefined,
    fieldsType: 'FieldsV1',
    fieldsV1: fields,
    subresource: subresource || undefined,
  })
}

/** Appliers first, then by time and name (fieldmanager/internal/managedfields.go:sortEncodedManagedFields). */
function compareOwners(a: Owner, b: Owner): number {
  return (
    compareTexts(a.operation, b.operation) ||
    compareTexts(a.time, b.time) ||
    compareTexts(a.manager, b.manager) ||
    compareTexts(a.apiVersion, b.apiVersion) ||
    compareTexts(a.subresource, b.subresource)
  )
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
