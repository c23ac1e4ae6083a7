// What differs between two states of an object, as sets of fields.

import { isEqual } from '../equality.ts'
import { isObject } from '../patch/merge-patch.ts'
import type { Field } from '../schema/schema.ts'
import type { Shape } from './elements.ts'
import { fieldElement, itemElement, itemShape, shapeOf, valueElement } from './elements.ts'
import type { FieldSet } from './field-set.ts'
import { LEAF, node } from './field-set.ts'

/** Fields that are new or different, and fields that are gone. */
export interface Comparison {
  readonly changed: FieldSet | undefined
  readonly removed: FieldSet | undefined
}

const SAME: Comparison = { changed: undefined, removed: undefined }
const CHANGED: Comparison = { changed: LEAF, removed: undefined }
const REMOVED: Comparison = { changed: undefined, removed: LEAF }

/**
 * Compares two values of one shape. A container that appears is changed itself, with all its parts; one that Go holds by
 * value was always there, if only empty (structured-merge-diff/typed/compare.go).
 */
export function compare(before: unknown, after: unknown, shape: Shape, isAlwaysThere = false): Comparison {
  if (before === after) return SAME
  const isOnBothSides = isAlwaysThere || (before !== undefined && after !== undefined)
  const parts = compareParts(shape, before, after, isOnBothSides)
  if (!parts) return compareWhole(before, after)
  const { changed, removed } = parts
  if (before === undefined && !isAlwaysThere)
    return { changed: node(true, changed ?? {}), removed: undefined }
  if (after === undefined && !isAlwaysThere) return { changed: undefined, removed: node(true, removed ?? {}) }
  return changed || removed ? parts : SAME
}

function compareWhole(before: unknown, after: unknown): Comparison {
  if (after === undefined) return REMOVED
  return isEqual(before, after) ? SAME : CHANGED
}

/** What was found out about the parts of a value so far. */
interface Parts {
  changed: Record<string, FieldSet> | undefined
  removed: Record<string, FieldSet> | undefined
}

/** Compares part by part; undefined for values that are owned as a whole. */
function compareParts(
  shape: Shape,
  before: unknown,
  after: unknown,
  isOnBothSides: boolean,
): Parts | undefined {
  switch (shape.is) {
    case 'atomic':
      return undefined
    case 'fields':
      return isContainer(before, after, isObject)
        ? compareFields(shape, before, after, isOnBothSides)
        : undefined
    case 'items':
      return isContainer(before, after, Array.isArray)
        ? compareItems(shape, asList(before), asList(after))
        : undefined
    case 'set':
      return isContainer(before, after, Array.isArray)
        ? compareSets(asList(before), asList(after))
        : undefined
  }
}

function isContainer(before: unknown, after: unknown, is: (value: unknown) => boolean): boolean {
  return (before === undefined || is(before)) && (after === undefined || is(after))
}

type Values = Readonly<Record<string, unknown>>

/** In a struct that stays, those that Go holds by value stay too, and so do lists that are never left out. */
function compareFields(
  shape: Extract<Shape, { is: 'fields' }>,
  before: unknown,
  after: unknown,
  isOnBothSides: boolean,
): Parts {
  const parts: Parts = { changed: undefined, removed: undefined }
  const [old, now] = [asObject(before), asObject(after)]
  for (const name in now) {
    const field = old[name] === now[name] ? undefined : shape.child(name)
    if (field) noteField(parts, field, name, compareField(field, old[name], now[name], isOnBothSides))
  }
  for (const name in old) {
    const field = now[name] === undefined && old[name] !== undefined ? shape.child(name) : undefined
    if (field) noteField(parts, field, name, compareField(field, old[name], undefined, isOnBothSides))
  }
  return parts
}

function compareField(field: Field, before: unknown, after: unknown, isOnBothSides: boolean): Comparison {
  const isNeverLeftOut = field.isAlwaysThere || (field.isRequired && field.type.is === 'list')
  return compare(before, after, shapeOf(field), isOnBothSides && isNeverLeftOut)
}

type Items = Extract<Shape, { is: 'items' }>

/** Lists mostly keep their items in place: then their keys need not be written out to find them. */
function compareItems(list: Items, before: readonly unknown[], after: readonly unknown[]): Parts {
  if (before.length !== after.length) return compareMoved(list, before, after)
  const parts: Parts = { changed: undefined, removed: undefined }
  const shape = itemShape(list.items)
  for (let i = 0; i < after.length; i++) {
    if (before[i] === after[i]) continue
    if (!hasSameKeys(before[i], after[i], list.keys)) return compareMoved(list, before, after)
    const comparison = compare(before[i], after[i], shape)
    if (comparison !== SAME) note(parts, itemElement(after[i], list.keys), comparison)
  }
  return parts
}

function compareMoved({ keys, items }: Items, before: readonly unknown[], after: readonly unknown[]): Parts {
  const parts: Parts = { changed: undefined, removed: undefined }
  const shape = itemShape(items)
  const old = new Map<string, unknown>()
  for (const item of before) old.set(itemElement(item, keys), item)
  for (const item of after) {
    const element = itemElement(item, keys)
    note(parts, element, compare(old.get(element), item, shape))
    old.delete(element)
  }
  for (const [element, item] of old) note(parts, element, compare(item, undefined, shape))
  return parts
}

function hasSameKeys(a: unknown, b: unknown, keys: readonly string[]): boolean {
  for (const key of keys) if (asObject(a)[key] !== asObject(b)[key]) return false
  return true
}

function compareSets(before: readonly unknown[], after: readonly unknown[]): Parts {
  const parts: Parts = { changed: undefined, removed: undefined }
  for (const value of after) if (!before.includes(value)) note(parts, valueElement(value), CHANGED)
  for (const value of before) if (!after.includes(value)) note(parts, valueElement(value), REMOVED)
  return parts
}

/** Most fields are the same: their elements need not be written out. */
function noteField(parts: Parts, field: Field, name: string, comparison: Comparison): void {
  if (comparison !== SAME) note(parts, fieldElement(field, name), comparison)
}

function note(parts: Parts, element: string, { changed, removed }: Comparison): void {
  if (changed) (parts.changed ??= {})[element] = changed
  if (removed) (parts.removed ??= {})[element] = removed
}

function asObject(value: unknown): Values {
  return isObject(value) ? value : {}
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
