// What differs between two states of an object, as sets of fields.

import { isEqual } from '../equality.ts'
import { isObject } from '../patch/merge-patch.ts'
import type { Field } from '../schema/schema.ts'
import type { Shape } from './elements.ts'
import { itemElement, itemShape, shapeOf, valueElement } from './elements.ts'
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
  const parts = partsOf(shape, before, after)
  if (!parts) return compareWhole(before, after)
  const changed: Record<string, FieldSet> = {}
  const removed: Record<string, FieldSet> = {}
  for (const [element, part] of parts) {
    const { changed: new_, removed: gone } = compare(part.before, part.after, part.shape, part.isAlwaysThere)
    if (new_) changed[element] = new_
    if (gone) removed[element] = gone
  }
  const appears = before === undefined && !isAlwaysThere
  const disappears = after === undefined && !isAlwaysThere
  return { changed: node(appears, changed), removed: node(disappears, removed) }
}

function compareWhole(before: unknown, after: unknown): Comparison {
  if (after === undefined) return REMOVED
  return isEqual(before, after) ? SAME : CHANGED
}

interface Part {
  readonly before: unknown
  readonly after: unknown
  readonly shape: Shape
  readonly isAlwaysThere: boolean
}

/** The parts of both values side by side; undefined for values that are owned as a whole. */
function partsOf(shape: Shape, before: unknown, after: unknown): ReadonlyMap<string, Part> | undefined {
  switch (shape.is) {
    case 'atomic':
      return undefined
    case 'fields':
      return isContainer(before, after, isObject)
        ? fieldParts(shape, asObject(before), asObject(after))
        : undefined
    case 'items':
      return isContainer(before, after, Array.isArray)
        ? itemParts(shape, asList(before), asList(after))
        : undefined
    case 'set':
      return isContainer(before, after, Array.isArray) ? setParts(asList(before), asList(after)) : undefined
  }
}

function isContainer(before: unknown, after: unknown, is: (value: unknown) => boolean): boolean {
  return (before === undefined || is(before)) && (after === undefined || is(after))
}

type Values = Readonly<Record<string, unknown>>

function fieldParts(
  shape: Extract<Shape, { is: 'fields' }>,
  before: Values,
  after: Values,
): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>()
  const add = (name: string) => {
    const field = shape.child(name)
    if (field) parts.set(`f:${name}`, fieldPart(field, before[name], after[name]))
  }
  for (const name in after) if (before[name] !== after[name]) add(name)
  for (const name in before) if (after[name] === undefined && before[name] !== undefined) add(name)
  return parts
}

function fieldPart(field: Field, before: unknown, after: unknown): Part {
  return { before, after, shape: shapeOf(field), isAlwaysThere: field.isAlwaysThere }
}

function itemParts(
  { keys, items }: Extract<Shape, { is: 'items' }>,
  before: readonly unknown[],
  after: readonly unknown[],
): ReadonlyMap<string, Part> {
  const shape = itemShape(items)
  const old = new Map(before.map((item) => [itemElement(item, keys), item]))
  const parts = new Map<string, Part>()
  for (const item of after) {
    const element = itemElement(item, keys)
    parts.set(element, { before: old.get(element), after: item, shape, isAlwaysThere: false })
  }
  for (const [element, item] of old) {
    if (!parts.has(element))
      parts.set(element, { before: item, after: undefined, shape, isAlwaysThere: false })
  }
  return parts
}

function setParts(before: readonly unknown[], after: readonly unknown[]): ReadonlyMap<string, Part> {
  const shape: Shape = { is: 'atomic' }
  const parts = new Map<string, Part>()
  for (const value of [...before, ...after]) {
    const [was, is] = [before.includes(value), after.includes(value)]
    const part = {
      before: was ? value : undefined,
      after: is ? value : undefined,
      shape,
      isAlwaysThere: false,
    }
    parts.set(valueElement(value), part)
  }
  return parts
}

function asObject(value: unknown): Values {
  return isObject(value) ? value : {}
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
