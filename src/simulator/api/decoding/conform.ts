// A document made to fit the structure of its kind: unknown fields are told and dropped, wrong types refused.

import { canonicalQuantity, QuantityError } from '../../../pod/quantity.ts'
import type { FieldPath } from '../../store/field-error.ts'
import { timestamp } from '../../store/object.ts'
import type { Field, FieldType, Scalar, Struct } from '../../store/schema/schema.ts'
import { structOfType } from '../../store/schema/schema.ts'
import { goTypeOf } from './go-type.ts'
import { embeddedIn } from './go-embedding.ts'
import { MICRO_TIME_LAYOUT, TIME_LAYOUT, timeMistake } from './go-time.ts'
import { unsetInstants } from './go-instants.ts'
import { fieldAt } from './json-text.ts'

/** A value of a type that its field does not take; `message` is that of Go's encoding/json. */
export class ConformError extends Error {}

export interface Conformed {
  readonly value: unknown
  /** Paths of fields that the kind does not have, in the order of the document. */
  readonly unknown: readonly FieldPath[]
}

/** Throws ConformError about the first value that does not fit. */
export function conform(
  value: unknown,
  struct: Struct,
  oddNumbers: ReadonlyMap<FieldPath, string>,
): Conformed {
  const visit: Visit = { unknown: [], oddNumbers }
  const place: Place = { path: '', goPath: '', owner: '', goType: '' }
  return { value: conformStruct(value, struct, place, visit), unknown: visit.unknown }
}

interface Visit {
  readonly unknown: FieldPath[]
  readonly oddNumbers: ReadonlyMap<FieldPath, string>
}

/** Where a value stands: for clients with indexes, for Go without, and which Go struct holds it. */
interface Place {
  readonly path: FieldPath
  readonly goPath: string
  readonly owner: string
  readonly goType: string
}

function conformStruct(value: unknown, struct: Struct, place: Place, visit: Visit): unknown {
  if (!isObject(value)) throw mismatch(value, place)
  const result: Record<string, unknown> = {}
  const owner = struct.name.slice(struct.name.lastIndexOf('.') + 1)
  for (const [name, item] of Object.entries(value)) {
    const path = fieldAt(place.path, name)
    const field = struct.fields.get(name)
    if (!field) visit.unknown.push(path)
    else if (item !== null) {
      const fitting = conformValue(item, field.type, fieldPlace(place, owner, field, path), visit)
      if (field.isRequired || !isEmpty(fitting, field.type)) result[name] = fitting
    }
  }
  return fillStructs(result, struct)
}

/** Empty lists and maps do not come back: their fields are `omitempty`. */
function isEmpty(value: unknown, { is }: FieldType): boolean {
  if (is === 'list') return (value as readonly unknown[]).length === 0
  return is === 'map' && Object.keys(value as object).length === 0
}

/** Structs that Go holds by value are there, if only empty: `resources: {}`, `status: {}`. */
function fillStructs(result: Record<string, unknown>, struct: Struct): Record<string, unknown> {
  for (const field of struct.fields.values()) {
    if (!field.isAlwaysThere || result[field.name] !== undefined) continue
    const inner = structOfType(field.type)
    if (inner) result[field.name] = fillStructs({}, inner)
  }
  for (const name of unsetInstants(struct.name)) result[name] ??= null
  return result
}

function fieldPlace(place: Place, owner: string, field: Field, path: FieldPath): Place {
  const embedded = embeddedIn(owner, field.name)
  const goName = embedded ? `${embedded}.${field.name}` : field.name
  return {
    path,
    goPath: fieldAt(place.goPath, goName),
    owner: embedded ?? owner,
    goType: goTypeOf(owner, field),
  }
}

function conformValue(value: unknown, type: FieldType, place: Place, visit: Visit): unknown {
  switch (type.is) {
    case 'list':
      return conformList(value, type.items, place, visit)
    case 'map':
      return conformMap(value, type.values, place, visit)
    case 'scalar':
      return conformScalar(value, type.scalar, place, visit)
    case 'struct': {
      const struct = structOfType(type)
      return struct ? conformStruct(value, struct, place, visit) : value
    }
  }
}

function conformList(value: unknown, items: FieldType, place: Place, visit: Visit): unknown {
  if (!Array.isArray(value)) throw mismatch(value, place)
  return value.map((item: unknown, index) => {
    const at = { ...place, path: `${place.path}[${index}]`, goType: place.goType.slice('[]'.length) }
    return conformValue(item ?? emptyOf(items), items, at, visit)
  })
}

function conformMap(value: unknown, values: FieldType, place: Place, visit: Visit): unknown {
  if (!isObject(value)) throw mismatch(value, place)
  const goType = place.goType.slice(place.goType.indexOf(']') + 1)
  const entries = Object.entries(value).map(([key, item]) => {
    const at = { ...place, path: `${place.path}.${key}`, goType }
    return [key, conformValue(item ?? emptyOf(values), values, at, visit)] as const
  })
  return Object.fromEntries(entries)
}

function conformScalar(value: unknown, scalar: Scalar, place: Place, visit: Visit): unknown {
  switch (scalar) {
    case 'string':
      if (typeof value !== 'string') throw mismatch(value, place)
      return value
    case 'bytes':
      return conformBytes(value, place)
    case 'boolean':
      if (typeof value !== 'boolean') throw mismatch(value, place)
      return value
    case 'int32':
    case 'int64':
      return conformInteger(value, scalar, place, visit)
    case 'double':
    case 'number':
      if (typeof value !== 'number') throw mismatch(value, place)
      return value
    case 'Quantity':
      return conformQuantity(value, place, visit)
    case 'IntOrString':
      return typeof value === 'number' ? conformInteger(value, 'int32', place, visit) : value
    case 'Time':
      return conformTime(value, TIME_LAYOUT, place)
    case 'MicroTime':
      return conformTime(value, MICRO_TIME_LAYOUT, place)
    case 'any':
    case 'object':
      return value
  }
}

function conformInteger(value: unknown, scalar: 'int32' | 'int64', place: Place, visit: Visit): number {
  if (typeof value !== 'number') throw mismatch(value, place)
  const odd = visit.oddNumbers.get(place.path)
  const text = odd ?? String(value)
  const isWhole = /^-?[0-9]+$/.test(text)
  if (!isWhole || !fits(BigInt(text), scalar)) throw mismatch(value, place, ` ${text}`)
  return value
}

function fits(value: bigint, scalar: 'int32' | 'int64'): boolean {
  return BigInt.asIntN(scalar === 'int32' ? 32 : 64, value) === value
}

function conformQuantity(value: unknown, { path }: Place, { oddNumbers }: Visit): string {
  if (typeof value !== 'number' && typeof value !== 'string') throw new ConformError(QUANTITY_RULE)
  try {
    return canonicalQuantity(oddNumbers.get(path) ?? value)
  } catch (error) {
    if (error instanceof QuantityError) throw new ConformError(error.message, { cause: error })
    throw error
  }
}

/** An instant comes back in UTC; one of metav1.Time in whole seconds. */
function conformTime(value: unknown, layout: string, place: Place): string {
  if (typeof value !== 'string') throw mismatch(value, place)
  const mistake = timeMistake(value, layout)
  if (mistake) throw new ConformError(mistake)
  return layout === TIME_LAYOUT ? timestamp(Date.parse(value)) : value
}

function conformBytes(value: unknown, place: Place): string {
  if (typeof value !== 'string') throw mismatch(value, place)
  const [good = ''] = /^[A-Za-z0-9+/\r\n]*={0,2}/.exec(value) ?? []
  const isWhole = good.length === value.length && value.replace(/[\r\n]/g, '').length % 4 === 0
  if (!isWhole) throw new ConformError(`illegal base64 data at input byte ${good.length}`)
  return value
}

const QUANTITY_RULE =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"

/** What Go puts where a list or a map holds a null. */
function emptyOf(type: FieldType): unknown {
  if (type.is === 'list') return []
  if (type.is === 'map' || type.is === 'struct') return {}
  switch (type.scalar) {
    case 'boolean':
      return false
    case 'string':
    case 'bytes':
      return ''
    case 'Quantity':
      return '0'
    default:
      return 0
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `json: cannot unmarshal number into Go struct field Container.spec.containers.name of type string` */
function mismatch(value: unknown, { owner, goPath, goType }: Place, shownNumber = ''): ConformError {
  const kind = jsonKind(value) + shownNumber
  return new ConformError(
    `json: cannot unmarshal ${kind} into Go struct field ${owner}.${goPath} of type ${goType}`,
  )
}

function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'boolean') return 'bool'
  return typeof value
}
