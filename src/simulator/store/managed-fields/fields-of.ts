// Every field that a value has: what an apply configuration says.

import { isObject } from '../patch/merge-patch.ts'
import type { Shape } from './elements.ts'
import { fieldElement, itemElement, itemShape, shapeOf, valueElement } from './elements.ts'
import type { FieldSet } from './field-set.ts'
import { LEAF, node } from './field-set.ts'

/**
 * A container is in the set itself only if it is empty, or an item of a list
 * (structured-merge-diff/typed/tofieldset.go).
 */
export function fieldsOf(value: unknown, shape: Shape, isItem = false): FieldSet | undefined {
  switch (shape.is) {
    case 'atomic':
      return LEAF
    case 'fields':
      return isObject(value) ? node(isItem || isEmpty(value), fieldsOfObject(value, shape)) : LEAF
    case 'items':
      return Array.isArray(value) ? node(value.length === 0, fieldsOfItems(value, shape)) : LEAF
    case 'set':
      return Array.isArray(value) ? node(value.length === 0, fieldsOfSet(value)) : LEAF
  }
}

function fieldsOfObject(
  value: Readonly<Record<string, unknown>>,
  shape: Extract<Shape, { is: 'fields' }>,
): Record<string, FieldSet> {
  const fields: Record<string, FieldSet> = {}
  for (const name in value) {
    const field = shape.child(name)
    const below = field && value[name] !== undefined && fieldsOf(value[name], shapeOf(field))
    if (below) fields[fieldElement(field, name)] = below
  }
  return fields
}

function fieldsOfItems(
  value: readonly unknown[],
  { keys, items }: Extract<Shape, { is: 'items' }>,
): Record<string, FieldSet> {
  const shape = itemShape(items)
  const fields: Record<string, FieldSet> = {}
  for (const item of value) fields[itemElement(item, keys)] = fieldsOf(item, shape, true) ?? LEAF
  return fields
}

function fieldsOfSet(value: readonly unknown[]): Record<string, FieldSet> {
  const fields: Record<string, FieldSet> = {}
  for (const item of value) fields[valueElement(item)] = LEAF
  return fields
}

function isEmpty(value: object): boolean {
  for (const _ in value) return false
  return true
}
