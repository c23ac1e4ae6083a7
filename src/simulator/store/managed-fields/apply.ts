// Server-side apply: a client says which fields it wants, owns them, and hears of it when somebody else does.

import type { ApiError, StatusCause } from '../api-error.ts'
import { applyConflict } from '../api-error.ts'
import type { Kind } from '../kind.ts'
import { apiVersionOf } from '../kind.ts'
import type { KubeObject } from '../object.ts'
import { timestamp } from '../object.ts'
import { kindShape } from './elements.ts'
import type { FieldSet } from './field-set.ts'
import { difference, intersection, pathTexts, union } from './field-set.ts'
import { fieldsOf } from './fields-of.ts'
import type { Owner, OwnerId } from './owners.ts'
import { isSameOwner, ownersOf, withOwners } from './owners.ts'
import { removeFields } from './removal.ts'
import { typedMerge } from './typed-merge.ts'
import { compareObjects, owned } from './update-owner.ts'

export interface ApplyOptions {
  readonly fieldManager: string
  readonly subresource?: string | undefined
  /** Takes fields from their owners instead of hearing of a conflict. */
  readonly force: boolean
  readonly atMs: number
}

/** The manager that owns what was there before anybody applied, if nobody was written down. */
const BEFORE = 'before-first-apply'

/**
 * The object that comes of applying `config`, with its owners. Fields that the applier gives up and nobody else owns go
 * (structured-merge-diff/merge/update.go:Apply, managedfields/internal/structuredmerge.go).
 */
export function applied<T extends KubeObject>(
  kind: Kind<T>,
  live: T | undefined,
  config: T,
  options: ApplyOptions,
): T {
  const shape = kindShape(kind)
  const id: OwnerId = {
    manager: options.fieldManager,
    operation: 'Apply',
    apiVersion: apiVersionOf(kind),
    subresource: options.subresource ?? '',
  }
  const owners = live ? knownOwners(kind, live) : []
  const before = owners.find((owner) => isSameOwner(owner, id))
  const others = owners.filter((owner) => owner !== before)
  const fields = owned(fieldsOf(config, shape), kind, options.subresource)
  const merged = typedMerge(live ?? {}, config, shape) as T
  const released = difference(difference(before?.fields, fields), allFields(others))
  const object = removeFields(merged, released, shape) as T
  const kept = settled(kind, live, object, others, options)
  const isSame =
    live !== undefined &&
    before !== undefined &&
    difference(fields, before.fields) === undefined &&
    difference(before.fields, fields) === undefined
  const time = isSame && compareIsEmpty(kind, live, object) ? before.time : timestamp(options.atMs)
  return { ...object, metadata: withOwners(object.metadata, [...kept, { ...id, time, fields }]) }
}

/** The other owners after the apply: in the way of a change they are a conflict, or lose what is changed. */
function settled<T extends KubeObject>(
  kind: Kind<T>,
  live: T | undefined,
  object: T,
  others: readonly Owner[],
  { force, subresource }: ApplyOptions,
): readonly Owner[] {
  if (!live) return others
  const { changed, removed } = compareObjects(kind, live, object)
  const touched = owned(changed, kind, subresource)
  const conflicts = others.flatMap((owner) => {
    const common = intersection(owner.fields, touched)
    return common ? [{ owner, common }] : []
  })
  if (conflicts.length && !force) throw conflictError(conflicts)
  const lost = union(touched, owned(removed, kind, subresource))
  return others.map((owner) => ({ ...owner, fields: difference(owner.fields, lost) }))
}

function compareIsEmpty(kind: Kind, live: KubeObject, object: KubeObject): boolean {
  const { changed, removed } = compareObjects(kind, live, object)
  return !owned(changed, kind, undefined) && !owned(removed, kind, undefined)
}

function knownOwners(kind: Kind, live: KubeObject): readonly Owner[] {
  const owners = ownersOf(live.metadata)
  if (owners.length) return owners
  const empty = { apiVersion: live.apiVersion, kind: live.kind, metadata: {} }
  const fields = owned(compareObjects(kind, empty, live).changed, kind, undefined)
  if (!fields) return []
  const time = live.metadata.creationTimestamp ?? ''
  return [
    { manager: BEFORE, operation: 'Update', apiVersion: apiVersionOf(kind), subresource: '', time, fields },
  ]
}

function allFields(owners: readonly Owner[]): FieldSet | undefined {
  return owners.reduce<FieldSet | undefined>((all, { fields }) => union(all, fields), undefined)
}

interface Conflict {
  readonly owner: Owner
  readonly common: FieldSet
}

/** `Apply failed with 2 conflicts: conflicts with "m1":` and the fields (managedfields/internal/conflict.go). */
function conflictError(conflicts: readonly Conflict[]): ApiError {
  const found = conflicts.flatMap(({ owner, common }) =>
    [...pathTexts(common)].map((field) => ({ by: ownerText(owner), field })),
  )
  const causes: readonly StatusCause[] = found.map(({ by, field }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${by}`,
    field,
  }))
  const [first] = found
  if (found.length === 1 && first) {
    return applyConflict(`Apply failed with 1 conflict: conflict with ${first.by}: ${first.field}`, causes)
  }
  const owners = [...new Set(found.map(({ by }) => by))].sort()
  const lists = owners.map((by) => {
    const fields = found.filter((conflict) => conflict.by === by).map(({ field }) => `\n- ${field}`)
    return `conflicts with ${by}:${fields.join('')}`
  })
  return applyConflict(`Apply failed with ${found.length} conflicts: ${lists.join('\n')}`, causes)
}

/** An owner that updated, and did not apply, is told with its version. */
function ownerText({ manager, operation, apiVersion, subresource, time }: Owner): string {
  if (operation === 'Apply') return JSON.stringify(manager)
  const door = subresource ? ` with subresource ${JSON.stringify(subresource)}` : ''
  const at = manager === BEFORE || !time ? '' : ` at ${time}`
  return `${JSON.stringify(manager)}${door} using ${apiVersion}${at}`
}
