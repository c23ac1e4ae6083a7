// Structures as OpenAPI schemas, with the marks by which Kubernetes merges lists.

import type { Field, FieldType, Scalar, Struct } from '../../store/schema/schema.ts'
import { struct } from '../../store/schema/schema.ts'

export type Schema = Readonly<Record<string, unknown>>

/** Where a document keeps its schemas: `#/components/schemas/` in version 3, `#/definitions/` in version 2. */
export type Place = '#/components/schemas/' | '#/definitions/'

const SCALARS: Readonly<Record<Scalar, Schema>> = {
  IntOrString: { format: 'int-or-string', 'x-kubernetes-int-or-string': true },
  MicroTime: { type: 'string', format: 'date-time' },
  Quantity: { type: 'string' },
  Time: { type: 'string', format: 'date-time' },
  any: { type: 'object' },
  boolean: { type: 'boolean' },
  bytes: { type: 'string', format: 'byte' },
  double: { type: 'number', format: 'double' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  number: { type: 'number' },
  object: { type: 'object' },
  string: { type: 'string' },
}

/** The schemas of some structures and of all that they are made of, by name. */
export function schemasOf(names: readonly string[], place: Place): Readonly<Record<string, Schema>> {
  const schemas: Record<string, Schema> = {}
  const waiting = [...names]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const found = struct(name)
    if (!found || schemas[openApiName(name)]) continue
    schemas[openApiName(name)] = schemaOf(found, place)
    for (const field of found.fields.values()) waiting.push(...structsIn(field.type))
  }
  return Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** `core.v1.Pod` -> `io.k8s.api.core.v1.Pod` */
export function openApiName(name: string): string {
  if (name.startsWith('meta.v1.')) return `io.k8s.apimachinery.pkg.apis.${name}`
  if (name.startsWith('pkg.version.')) return `io.k8s.apimachinery.${name}`
  return `io.k8s.api.${name}`
}

function schemaOf({ fields, isAtomic }: Struct, place: Place): Schema {
  const required = [...fields.values()].filter(({ isRequired }) => isRequired).map(({ name }) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(
      [...fields.values()].map((field) => [field.name, fieldSchema(field, place)]),
    ),
    ...(required.length && { required }),
    ...(isAtomic && { 'x-kubernetes-map-type': 'atomic' }),
  }
}

function fieldSchema(field: Field, place: Place): Schema {
  const base = typeSchema(field.type, place)
  // Beside a $ref nothing else may stand.
  const open = base.$ref === undefined ? base : { allOf: [base] }
  return {
    ...open,
    ...(field.isAlwaysThere && { default: {} }),
    ...(field.type.is === 'list' && { 'x-kubernetes-list-type': field.list }),
    ...(field.mapKeys.length && { 'x-kubernetes-list-map-keys': field.mapKeys }),
    ...(field.isAtomicMap && { 'x-kubernetes-map-type': 'atomic' }),
    ...(field.strategies.length && { 'x-kubernetes-patch-strategy': field.strategies.join(',') }),
    ...(field.mergeKey && { 'x-kubernetes-patch-merge-key': field.mergeKey }),
  }
}

function typeSchema(type: FieldType, place: Place): Schema {
  switch (type.is) {
    case 'list':
      return { type: 'array', items: typeSchema(type.items, place) }
    case 'map':
      return { type: 'object', additionalProperties: typeSchema(type.values, place) }
    case 'scalar':
      return SCALARS[type.scalar]
    case 'struct':
      return { $ref: place + openApiName(type.name) }
  }
}

function structsIn(type: FieldType): readonly string[] {
  if (type.is === 'struct') return [type.name]
  if (type.is === 'list') return structsIn(type.items)
  return type.is === 'map' ? structsIn(type.values) : []
}
