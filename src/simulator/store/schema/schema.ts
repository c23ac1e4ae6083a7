// The structure of every type of Kubernetes: which fields it has, of which type, and how lists of them merge.

import { structure } from './structure.ts'

/** A type with named fields: `core.v1.Container`. */
export interface Struct {
  /** Package and name, as in OpenAPI without `io.k8s.api`. */
  readonly name: string
  /** Whether server-side apply owns it as a whole. */
  readonly isAtomic: boolean
  readonly fields: ReadonlyMap<string, Field>
}

export interface Field {
  readonly name: string
  /** How a set of fields names it: `f:spec`; empty where one field stands for all values of a map. */
  readonly element: string
  readonly type: FieldType
  readonly isRequired: boolean
  /** Whether Go holds it by value: an object of its type has it, empty, even when nothing was said. */
  readonly isAlwaysThere: boolean
  /** How server-side apply owns a list: as a whole, item by item, or by keys of its items. */
  readonly list: 'atomic' | 'map' | 'set'
  readonly mapKeys: readonly string[]
  /** Whether server-side apply owns a map as a whole. */
  readonly isAtomicMap: boolean
  /** What a strategic merge patch does with it (struct tag patchStrategy), and by which key of the items. */
  readonly strategies: readonly ('merge' | 'replace' | 'retainKeys')[]
  readonly mergeKey: string | undefined
}

export type FieldType =
  | { readonly is: 'list'; readonly items: FieldType }
  | { readonly is: 'map'; readonly values: FieldType }
  | { readonly is: 'scalar'; readonly scalar: Scalar }
  | { readonly is: 'struct'; readonly name: string }

export type Scalar =
  | 'IntOrString'
  | 'MicroTime'
  | 'Quantity'
  | 'Time'
  | 'any'
  | 'boolean'
  | 'bytes'
  | 'double'
  | 'int32'
  | 'int64'
  | 'number'
  | 'object'
  | 'string'

const SCALARS: ReadonlySet<string> = new Set<Scalar>([
  'IntOrString',
  'MicroTime',
  'Quantity',
  'Time',
  'any',
  'boolean',
  'bytes',
  'double',
  'int32',
  'int64',
  'number',
  'object',
  'string',
])

/** The structure of a kind; undefined for one that Kubernetes does not have. */
export function structOfKind(kind: {
  readonly group: string
  readonly version: string
  readonly kind: string
}): Struct | undefined {
  const family = kind.group.split('.')[0] || 'core'
  return struct(`${family}.${kind.version}.${kind.kind}`)
}

/** A structure by its name: `core.v1.Container`, `meta.v1.ObjectMeta`. */
export function struct(name: string): Struct | undefined {
  const known = structs.get(name)
  if (known) return known
  const line = lines().get(name)
  if (!line) return undefined
  const parsed = parseStruct(name, line)
  structs.set(name, parsed)
  return parsed
}

/** The structure behind a type; undefined where it is none, or nothing is known about its inside. */
export function structOfType(type: FieldType | undefined): Struct | undefined {
  return type?.is === 'struct' ? struct(type.name) : undefined
}

/** The names of all structures. */
export function structNames(): readonly string[] {
  return [...lines().keys()]
}

const structs = new Map<string, Struct>()
let index: ReadonlyMap<string, string> | undefined

function lines(): ReadonlyMap<string, string> {
  index ??= indexed(structure)
  return index
}

function indexed(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  let family = ''
  for (const line of text.trim().split('\n')) {
    if (line.startsWith('@')) family = line.slice(1)
    else found.set(`${family}.${/^\w+/.exec(line)?.[0]}`, line)
  }
  return found
}

/** `Name[%] field:type[!][?][+mark]...`: % is atomic, ! required, ? always there. */
function parseStruct(name: string, line: string): Struct {
  const [head = '', ...fields] = line.split(' ')
  const family = name.slice(0, name.lastIndexOf('.'))
  const parsed = fields.map((text) => parseField(text, family))
  return { name, isAtomic: head.endsWith('%'), fields: new Map(parsed.map((field) => [field.name, field])) }
}

function parseField(text: string, family: string): Field {
  const [, name = '', type = '', signs = '', marks = ''] = /^([^:]+):([^!?+]+)([!?]*)(.*)$/.exec(text) ?? []
  const mapKeys = /\+map\(([^)]*)\)/.exec(marks)?.[1]?.split(',')
  return {
    name,
    element: `f:${name}`,
    type: parseType(type, family),
    isRequired: signs.includes('!'),
    isAlwaysThere: signs.includes('?'),
    list: mapKeys ? 'map' : marks.includes('+set') ? 'set' : 'atomic',
    mapKeys: mapKeys ?? [],
    isAtomicMap: marks.includes('+atomic'),
    strategies: (['merge', 'replace', 'retainKeys'] as const).filter((mark) => marks.includes(`+${mark}`)),
    mergeKey: /\+merge\(([^)]*)\)/.exec(marks)?.[1],
  }
}

function parseType(text: string, family: string): FieldType {
  if (text.startsWith('[]')) return { is: 'list', items: parseType(text.slice(2), family) }
  if (text.startsWith('{}')) return { is: 'map', values: parseType(text.slice(2), family) }
  if (SCALARS.has(text)) return { is: 'scalar', scalar: text as Scalar }
  return { is: 'struct', name: text.includes('.') ? text : `${family}.${text}` }
}
