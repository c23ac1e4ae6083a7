// The parts of a value that can be owned by themselves, by the structure of its type.

import type { Kind } from '../kind.ts'
import type { Field, FieldType, Struct } from '../schema/schema.ts'
import { structOfKind, structOfType } from '../schema/schema.ts'
import { isObject } from '../patch/merge-patch.ts'

/** How a value is owned: as a whole, by its fields, or by its items. */
export type Shape =
  | { readonly is: 'atomic' }
  | { readonly is: 'fields'; readonly child: (name: string) => Field | undefined }
  | { readonly is: 'items'; readonly keys: readonly string[]; readonly items: FieldType }
  | { readonly is: 'set' }

const ATOMIC: Shape = { is: 'atomic' }
const SET: Shape = { is: 'set' }

/** The shape of what a field holds; what is not known about is owned as a whole. */
export function shapeOf(field: Field): Shape {
  let shape = shapes.get(field)
  if (!shape) shapes.set(field, (shape = fieldShape(field)))
  return shape
}

/** The shape of an item of a list. */
export function itemShape(items: FieldType): Shape {
  let shape = shapes.get(items)
  if (!shape) shapes.set(items, (shape = structShape(structOfType(items))))
  return shape
}

/** The shape of the objects of a kind. */
export function kindShape(kind: Kind): Shape {
  let shape = shapes.get(kind)
  if (!shape) shapes.set(kind, (shape = structShape(structOfKind(kind))))
  return shape
}

/** `f:spec`: a field of a structure, or a value of a map under its name. */
export function fieldElement({ element }: Field, name: string): string {
  return element || `f:${name}`
}

function structShape(struct: Struct | undefined, isAtomic = false): Shape {
  if (!struct || struct.isAtomic || isAtomic) return ATOMIC
  return { is: 'fields', child: (name) => struct.fields.get(name) }
}

/** Shapes are asked for with every write, and never change. */
const shapes = new WeakMap<object, Shape>()

function fieldShape(field: Field): Shape {
  const { type } = field
  if (type.is === 'list') return listShape(field, type.items)
  if (type.is === 'map') return field.isAtomicMap ? ATOMIC : mapShape(type.values)
  return structShape(structOfType(type), field.isAtomicMap)
}

/** `k:{"containerPort":80,"protocol":"TCP"}` */
export function itemElement(item: unknown, keys: readonly string[]): string {
  const values = isObject(item) ? item : {}
  const [key = '', ...others] = keys
  // Most lists have one key: no need to sort.
  if (!others.length && values[key] !== undefined)
    return `k:{${JSON.stringify(key)}:${JSON.stringify(values[key])}}`
  const known = keys.filter((key) => values[key] !== undefined).sort()
  return `k:${JSON.stringify(Object.fromEntries(known.map((key) => [key, values[key]])))}`
}

/** `v:"example.com/a"` */
export function valueElement(value: unknown): string {
  return `v:${JSON.stringify(value)}`
}

function listShape({ list, mapKeys }: Field, items: FieldType): Shape {
  if (list === 'set') return SET
  return list === 'map' ? { is: 'items', keys: mapKeys, items } : ATOMIC
}

/** Values of a map are like fields of one type, which are never there by themselves. */
function mapShape(values: FieldType): Shape {
  const field: Field = {
    name: '',
    element: '',
    type: values,
    isRequired: false,
    isAlwaysThere: false,
    list: 'atomic',
    mapKeys: [],
    isAtomicMap: false,
    strategies: [],
    mergeKey: undefined,
  }
  return { is: 'fields', child: () => field }
}
