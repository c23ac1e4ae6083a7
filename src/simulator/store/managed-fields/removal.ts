// An object without the fields of a set.

import { isObject } from '../patch/merge-patch.ts'
import type { Shape } from './elements.ts'
import { fieldElement, itemElement, itemShape, shapeOf, valueElement } from './elements.ts'
import type { FieldSet } from './field-set.ts'
import { isMember } from './field-set.ts'

/** Removes what the set names; a container goes only if it is named itself and nothing is left in it. */
export function removeFields(value: unknown, set: FieldSet | undefined, shape: Shape): unknown {
  if (!set || value === undefined) return value
  if (shape.is === 'fields' && isObject(value)) return fromObject(value, set, shape)
  if (shape.is === 'items' && Array.isArray(value)) return fromItems(value, set, shape)
  if (shape.is === 'set' && Array.isArray(value))
    return orNothing(
      value.filter((item) => !set[valueElement(item)]),
      set,
    )
  return isMember(set) ? undefined : value
}

function fromObject(
  value: Readonly<Record<string, unknown>>,
  set: FieldSet,
  shape: Extract<Shape, { is: 'fields' }>,
): unknown {
  const result: Record<string, unknown> = {}
  for (const [name, item] of Object.entries(value)) {
    const field = shape.child(name)
    const left = field ? removeFields(item, set[fieldElement(field, name)], shapeOf(field)) : item
    if (left !== undefined) result[name] = left
  }
  return isMember(set) && Object.keys(result).length === 0 ? undefined : result
}

function fromItems(
  value: readonly unknown[],
  set: FieldSet,
  { keys, items }: Extract<Shape, { is: 'items' }>,
): unknown {
  const shape = itemShape(items)
  const left = value.flatMap((item) => {
    const part = set[itemElement(item, keys)]
    // An item that is given up goes with the keys by which it is known.
    if (part && isMember(part))
      return onlyKeys(removeFields(item, part, shape), keys) ? [] : [removeFields(item, part, shape)]
    return [removeFields(item, part, shape)]
  })
  return orNothing(left, set)
}

function onlyKeys(item: unknown, keys: readonly string[]): boolean {
  return item === undefined || (isObject(item) && Object.keys(item).every((key) => keys.includes(key)))
}

function orNothing(left: readonly unknown[], set: FieldSet): unknown {
  return isMember(set) && left.length === 0 ? undefined : left
}
