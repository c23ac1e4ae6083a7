// Go's print of a Pod template, as the hash of a template is computed over it.

import { parseQuantity } from '../../pod/quantity.ts'
import { templateTypes } from './template-types.ts'

interface GoField {
  readonly name: string
  readonly type: string
  /** The key in JSON; undefined for an embedded struct. */
  readonly key: string | undefined
}

const fields = new Map<string, readonly GoField[]>()

/** `(v1.PodTemplateSpec){ObjectMeta:(v1.ObjectMeta){...` Source: apimachinery/pkg/util/dump:ForHash, which prints with spew's %#v. */
export function goPrint(template: unknown): string {
  return `(v1.PodTemplateSpec)${printed('PodTemplateSpec', template)}`
}

function printed(type: string, value: unknown): string {
  if (type.startsWith('*')) return isNil(value) ? '<nil>' : printed(type.slice(1), value)
  if (type.startsWith('[]'))
    return isNil(value) ? '<nil>' : printedList(type.slice(2), value as readonly unknown[])
  if (type.startsWith('map['))
    return isNil(value) ? '<nil>' : printedMap(type.slice(type.indexOf(']') + 1), value as object)
  if (type === 'resource.Quantity') return printedQuantity(value as string | undefined)
  if (type === 'intstr.IntOrString') return printedIntOrString(value as number | string | undefined)
  // An instant that is not set: templates have no others.
  if (type === 'time.Time') return '{wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}'
  const declared = templateTypes[type]
  if (declared?.startsWith('map[')) return printed(declared, value)
  if (declared) return printedStruct(type, declared, value as Readonly<Record<string, unknown>> | undefined)
  const scalar = value as boolean | number | string | undefined
  if (type === 'bool') return String(scalar ?? false)
  if (type.startsWith('int')) return String(scalar ?? 0)
  return String(scalar ?? '')
}

function printedStruct(
  type: string,
  declared: string,
  value: Readonly<Record<string, unknown>> = {},
): string {
  let known = fields.get(type)
  if (!known) fields.set(type, (known = declared.split(' ').map(readField)))
  const parts = known.map((field) => {
    const own = field.key === undefined ? value : value[field.key]
    return `${field.name}:(${goType(field.type)})${printed(field.type, own)}`
  })
  return `{${parts.join(' ')}}`
}

function printedList(type: string, list: readonly unknown[]): string {
  return `[${list.map((item) => printed(type, item)).join(' ')}]`
}

function printedMap(type: string, map: object): string {
  const entries = Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `map[${entries.map(([key, value]) => `${key}:${printed(type, value)}`).join(' ')}]`
}

/** The inside of resource.Quantity: value and power of ten, and the text that it was read from. */
function printedQuantity(text: string | undefined): string {
  const { value, scale } = scaledValue(text ?? '0')
  const format = text === undefined ? '' : parseQuantity(text).format
  const amount = `i:(resource.int64Amount){value:(int64)${value} scale:(resource.Scale)${scale}}`
  return `{${amount} d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)${text ?? ''} Format:(resource.Format)${format}}`
}

function scaledValue(text: string): { readonly value: bigint; readonly scale: number } {
  const { nanos, format } = parseQuantity(text)
  const [, digits = '', decimals = '', suffix = ''] = /^([+-]?\d*)\.?(\d*)(.*)$/.exec(text) ?? []
  if (format === 'BinarySI') return { value: nanos / 1_000_000_000n, scale: 0 }
  const exponent =
    /^[eE](.*)$/.exec(suffix)?.[1] ??
    { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }[suffix]
  return { value: BigInt(digits + decimals || '0'), scale: Number(exponent) - decimals.length }
}

function printedIntOrString(value: number | string | undefined): string {
  const isText = typeof value === 'string'
  return `{Type:(intstr.Type)${Number(isText)} IntVal:(int32)${isText ? 0 : (value ?? 0)} StrVal:(string)${isText ? value : ''}}`
}

function readField(text: string): GoField {
  const at = text.indexOf(':')
  const name = text.slice(0, at)
  const [type = '', key = name.charAt(0).toLowerCase() + name.slice(1)] = text.slice(at + 1).split('@')
  return { name, type, key: key === '.' ? undefined : key }
}

/** `[]Container` is `[]v1.Container` to Go; what has a package already, or is built in, stays. */
function goType(type: string): string {
  const declared = templateTypes[type]
  if (declared?.startsWith('map[')) return `v1.${type}`
  return type.replace(/[A-Za-z0-9.]+$/, (name) => (/^[a-z]/.test(name) ? name : `v1.${name}`))
}

function isNil(value: unknown): boolean {
  return value === undefined || value === null
}
