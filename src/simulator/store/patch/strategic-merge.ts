// Strategic merge patch: a merge patch that knows by which key the items of a list are the same.

import { plainFailure } from '../api-error.ts'
import { isEqual } from '../equality.ts'
import type { Field, FieldType, Struct } from '../schema/schema.ts'
import { structOfType } from '../schema/schema.ts'
import { goText } from './go-text.ts'
import { isObject } from './merge-patch.ts'
import { orderedItems } from './element-order.ts'

type JsonObject = Readonly<Record<string, unknown>>

const DIRECTIVE = '$patch'
const RETAIN_KEYS = '$retainKeys'
const DELETE_ITEMS = '$deleteFromPrimitiveList/'
const ELEMENT_ORDER = '$setElementOrder/'

/**
 * Answers the patched object, which shares what was not touched. Directives: `$patch: delete | replace | merge`,
 * `$deleteFromPrimitiveList/<field>`, `$setElementOrder/<field>`, `$retainKeys`
 * (apimachinery/pkg/util/strategicpatch/patch.go).
 */
export function strategicMerge(
  target: JsonObject,
  patch: JsonObject,
  struct: Struct | undefined,
): JsonObject {
  const directive = patch[DIRECTIVE]
  if (directive === 'replace') return plainPatch(patch)
  if (directive === 'delete') return {}
  const kept = retained(target, patch)
  const result: Record<string, unknown> = { ...kept }
  for (const [key, value] of Object.entries(patch)) {
    if (key === DIRECTIVE || key === RETAIN_KEYS) continue
    if (key.startsWith(DELETE_ITEMS)) deleteItems(result, key.slice(DELETE_ITEMS.length), value, patch)
    else if (key.startsWith(ELEMENT_ORDER)) checkOrder(key.slice(ELEMENT_ORDER.length), value, patch, struct)
    else mergeField(result, key, value, patch, struct?.fields.get(key))
  }
  orderAlone(result, patch, struct)
  return result
}

function mergeField(
  result: Record<string, unknown>,
  key: string,
  value: unknown,
  patch: JsonObject,
  field: Field | undefined,
): void {
  if (value === null) {
    delete result[key]
    return
  }
  const before = result[key]
  if (isObject(value)) result[key] = mergeObject(before, value, structOfType(field?.type))
  else if (Array.isArray(value)) result[key] = mergeList(before, value, patch[ELEMENT_ORDER + key], field)
  else result[key] = value
}

function mergeObject(before: unknown, patch: JsonObject, struct: Struct | undefined): unknown {
  return strategicMerge(isObject(before) ? before : {}, patch, struct)
}

/** A list merges item by item if its type says so; otherwise the new one takes the old one's place. */
function mergeList(
  before: unknown,
  patch: readonly unknown[],
  order: unknown,
  field: Field | undefined,
): unknown {
  if (!field?.strategies.includes('merge')) return patch.map(plainItem)
  if (!Array.isArray(before)) return patch.filter((item) => !isDeletion(item)).map(plainItem)
  const old: readonly unknown[] = before
  const { mergeKey } = field
  const merged = mergeKey
    ? mergeByKey(old, patch, mergeKey, itemStruct(field.type))
    : [...old, ...patch.filter((item) => !old.includes(item))]
  const wished = Array.isArray(order) ? order : patch.filter((item) => !isObject(item) || !item[DIRECTIVE])
  return orderedItems(merged, old, wished as readonly unknown[], mergeKey)
}

function mergeByKey(
  old: readonly unknown[],
  patch: readonly unknown[],
  mergeKey: string,
  struct: Struct | undefined,
): readonly unknown[] {
  if (patch.some((item) => isObject(item) && item[DIRECTIVE] === 'replace' && item[mergeKey] === undefined)) {
    return patch.filter((item) => !(isObject(item) && item[DIRECTIVE] === 'replace')).map(plainItem)
  }
  let merged = old
  for (const item of patch) merged = mergeItem(merged, item, mergeKey, struct)
  return merged
}

function mergeItem(
  items: readonly unknown[],
  patch: unknown,
  mergeKey: string,
  struct: Struct | undefined,
): readonly unknown[] {
  if (!isObject(patch) || patch[mergeKey] === undefined) {
    throw plainFailure(`map: ${goText(patch)} does not contain declared merge key: ${mergeKey}`)
  }
  const isSame = (item: unknown) => isObject(item) && isEqual(item[mergeKey], patch[mergeKey])
  if (patch[DIRECTIVE] === 'delete') return items.filter((item) => !isSame(item))
  const index = items.findIndex(isSame)
  const before = items[index]
  const merged = strategicMerge(isObject(before) ? before : {}, patch, struct)
  return index < 0 ? [...items, merged] : items.with(index, merged)
}

/** Of an old object only the keys in `$retainKeys` stay. */
function retained(target: JsonObject, patch: JsonObject): JsonObject {
  const keys = patch[RETAIN_KEYS]
  if (!Array.isArray(keys)) return target
  return Object.fromEntries(Object.entries(target).filter(([key]) => keys.includes(key)))
}

function deleteItems(result: Record<string, unknown>, key: string, values: unknown, patch: JsonObject): void {
  const before = result[key]
  if (!Array.isArray(before) || !Array.isArray(values)) return
  result[key] = before.filter((item) => !values.includes(item))
  if (patch[key] === undefined && (result[key] as unknown[]).length === 0) delete result[key]
}

/** What a patch adds must be in the order that it gives. */
function checkOrder(key: string, order: unknown, patch: JsonObject, struct: Struct | undefined): void {
  if (!Array.isArray(order)) throw plainFailure(`expected a []interface {}, but received a ${goKind(order)}`)
  const items = patch[key]
  if (!Array.isArray(items)) return
  const mergeKey = struct?.fields.get(key)?.mergeKey
  const keyOf = (item: unknown) => (mergeKey && isObject(item) ? item[mergeKey] : item)
  const ordered = order.map(keyOf)
  const places = items
    .filter((item) => !isObject(item) || item[DIRECTIVE] !== 'delete')
    .map((item) => ordered.indexOf(keyOf(item)))
  const isInOrder = places.every((place, index) => place >= 0 && place >= (places[index - 1] ?? 0))
  if (!isInOrder) {
    throw plainFailure(
      `The order in patch list:\n${goText(items)}\n doesn't match $setElementOrder list:\n${goText(order)}\n`,
    )
  }
}

/** `$setElementOrder` may also come without the list: then it orders what is there. */
function orderAlone(result: Record<string, unknown>, patch: JsonObject, struct: Struct | undefined): void {
  for (const [key, order] of Object.entries(patch)) {
    if (!key.startsWith(ELEMENT_ORDER) || !Array.isArray(order)) continue
    const name = key.slice(ELEMENT_ORDER.length)
    const items = result[name]
    if (patch[name] !== undefined || !Array.isArray(items)) continue
    result[name] = orderedItems(items, items, order, struct?.fields.get(name)?.mergeKey)
  }
}

function itemStruct(type: FieldType): Struct | undefined {
  return type.is === 'list' ? structOfType(type.items) : undefined
}

/** A patch as a value: without directives, and without what it says to remove. */
function plainPatch(patch: JsonObject): JsonObject {
  const entries = Object.entries(patch).filter(([key, value]) => !key.startsWith('$') && value !== null)
  return Object.fromEntries(entries.map(([key, value]) => [key, plainItem(value)]))
}

function plainItem(item: unknown): unknown {
  if (Array.isArray(item)) return item.map(plainItem)
  return isObject(item) ? plainPatch(item) : item
}

function goKind(value: unknown): string {
  if (isObject(value)) return 'map'
  return typeof value === 'boolean' ? 'bool' : typeof value === 'number' ? 'int64' : typeof value
}

function isDeletion(item: unknown): boolean {
  return isObject(item) && item[DIRECTIVE] === 'delete'
}
