// An object as Go's encoder shows one of its own structures: every field, in the order and with the names of Go.

import type { PodSpec } from '../../../pod/json.ts'
import { containerStructures } from './container-structures.ts'
import type { FieldKind, GoField } from './go-field.ts'
import { podStructures } from './pod-structures.ts'
import { volumeStructures } from './volume-structures.ts'

type Wire = Readonly<Record<string, unknown>>

/** What is not here is shown as it is on the wire. */
const structures: Readonly<Record<string, readonly GoField[]>> = {
  ...containerStructures,
  ...podStructures,
  ...volumeStructures,
}

const ZERO: Readonly<Record<string, unknown>> = { flag: false, json: null, number: 0, text: '' }
/** What Kubernetes keeps in the Pod's security context, and shows beside it on the wire. */
const IN_SECURITY_CONTEXT = [
  'hostIPC',
  'hostNetwork',
  'hostPID',
  'hostUsers',
  'shareProcessNamespace',
] as const

/** The value of a structure that is on the wire as `value`. */
export function goValue(structure: string, value: object): Wire {
  const fields = structures[structure] ?? []
  const wire = value as Wire
  return Object.fromEntries(fields.map((field) => [field[0], fieldValue(field[1], wire[wireName(field)])]))
}

/** The value of a Pod's spec. */
export function goPodSpec(spec: PodSpec): Wire {
  const moved = Object.fromEntries(IN_SECURITY_CONTEXT.map((field) => [field, spec[field]]))
  return goValue('PodSpec', { ...spec, securityContext: { ...spec.securityContext, ...moved } })
}

function fieldValue(kind: FieldKind, value: unknown): unknown {
  if (kind in ZERO) return value ?? ZERO[kind]
  if (kind.startsWith('[]'))
    return Array.isArray(value) ? value.map((item) => structureValue(kind.slice(2), item)) : null
  if (kind.startsWith('*'))
    return value === undefined || value === null ? null : structureValue(kind.slice(1), value)
  return structureValue(kind, value ?? {})
}

function structureValue(structure: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null ? goValue(structure, value) : value
}

/** `HTTPGet` is `httpGet` on the wire, `TTY` is `tty`: the capitals at the start, but for the first of the next word. */
function wireName([name, , given]: GoField): string {
  if (given !== undefined) return given
  const capitals = /^[A-Z]+/.exec(name)?.[0].length ?? 0
  const lowered = capitals === name.length || capitals === 1 ? capitals : capitals - 1
  return name.slice(0, lowered).toLowerCase() + name.slice(lowered)
}
