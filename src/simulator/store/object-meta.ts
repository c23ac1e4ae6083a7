// The metadata every object has: what the server fills in, and what it finds wrong with it.

import type { Mistakes } from '../../pod/names.ts'
import {
  dns1035LabelMistakes,
  dns1123LabelMistakes,
  dns1123SubdomainMistakes,
  labelValueMistakes,
  qualifiedNameMistakes,
} from '../../pod/names.ts'
import type { FieldError } from './field-error.ts'
import { forbidden, invalid, required } from './field-error.ts'
import type { Kind, NameRule } from './kind.ts'
import type { ObjectMeta } from '../../pod/json.ts'
import { isEqual } from './equality.ts'

const MAX_ANNOTATIONS_BYTES = 256 * 1024

const IMMUTABLE = [
  'name',
  'namespace',
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
] as const

const NAME_RULES: Readonly<Record<NameRule, (name: string) => Mistakes>> = {
  label: dns1123LabelMistakes,
  label1035: dns1035LabelMistakes,
  'path-segment': pathSegmentMistakes,
  subdomain: dns1123SubdomainMistakes,
}

/** Mistakes in a new object's metadata (apimachinery/pkg/api/validation/objectmeta.go:ValidateObjectMetaAccessor). */
export function objectMetaErrors(metadata: ObjectMeta, kind: Kind): readonly FieldError[] {
  return [
    ...nameErrors(metadata, kind.nameRule ?? 'subdomain'),
    ...namespaceErrors(metadata, kind.namespaced),
    ...labelErrors(metadata.labels, 'metadata.labels'),
    ...annotationErrors(metadata.annotations, 'metadata.annotations'),
    ...ownerErrors(metadata),
    ...finalizerErrors(metadata),
  ]
}

/** Mistakes in changed metadata (objectmeta.go:ValidateObjectMetaAccessorUpdate). */
export function objectMetaUpdateErrors(metadata: ObjectMeta, old: ObjectMeta): readonly FieldError[] {
  const added = (metadata.finalizers ?? []).filter((name) => !old.finalizers?.includes(name))
  const immutable = IMMUTABLE.filter((field) => metadata[field] !== old[field])
  return [
    ...(old.deletionTimestamp && added.length ? [lateFinalizers(added)] : []),
    ...immutable.map((field) => invalid(`metadata.${field}`, metadata[field], 'field is immutable')),
    ...changed(metadata.labels, old.labels, () => labelErrors(metadata.labels, 'metadata.labels')),
    ...changed(metadata.annotations, old.annotations, () =>
      annotationErrors(metadata.annotations, 'metadata.annotations'),
    ),
    ...changed(metadata.ownerReferences, old.ownerReferences, () => ownerErrors(metadata)),
    ...changed(metadata.finalizers, old.finalizers, () => finalizerErrors(metadata)),
  ]
}

/** Mistakes in a map of labels at `field`: also those of a Pod template. */
export function labelErrors(
  labels: Readonly<Record<string, string>> | undefined,
  field: string,
): readonly FieldError[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...qualifiedNameMistakes(key).map((detail) => invalid(field, key, detail)),
    ...labelValueMistakes(value).map((detail) => invalid(field, value, detail)),
  ])
}

/** Mistakes in a map of annotations at `field`. Their keys may hold capitals, and all together they must not be too big. */
export function annotationErrors(
  annotations: Readonly<Record<string, string>> | undefined,
  field: string,
): readonly FieldError[] {
  const entries = Object.entries(annotations ?? {})
  const bytes = entries.reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  )
  const errors = entries.flatMap(([key]) =>
    qualifiedNameMistakes(key.toLowerCase()).map((detail) => invalid(field, key, detail)),
  )
  if (bytes <= MAX_ANNOTATIONS_BYTES) return errors
  const message = `Too long: may not be more than ${MAX_ANNOTATIONS_BYTES} bytes`
  return [...errors, { reason: 'FieldValueTooLong', field, message }]
}

function nameErrors({ name, generateName }: ObjectMeta, rule: NameRule): readonly FieldError[] {
  const check = NAME_RULES[rule]
  const prefix = generateName
    ? check(withoutDash(generateName)).map((detail) => invalid('metadata.generateName', generateName, detail))
    : []
  if (!name) return [...prefix, required('metadata.name', 'name or generateName is required')]
  return [...prefix, ...check(name).map((detail) => invalid('metadata.name', name, detail))]
}

/** A generateName may end in a dash, since something follows (names.go:maskTrailingDash). */
function withoutDash(prefix: string): string {
  return prefix.length > 1 && prefix.endsWith('-') ? `${prefix.slice(0, -2)}a` : prefix
}

/** IsValidPathSegmentName: a name that need only fit into a path, such as a Role's (api/validation/path/name.go). */
function pathSegmentMistakes(name: string): Mistakes {
  if (name === '.' || name === '..') return [`may not be '${name}'`]
  return ['/', '%'].filter((sign) => name.includes(sign)).map((sign) => `may not contain '${sign}'`)
}

function namespaceErrors({ namespace }: ObjectMeta, isNamespaced: boolean): readonly FieldError[] {
  if (!isNamespaced) {
    return namespace ? [forbidden('metadata.namespace', 'not allowed on this type')] : []
  }
  if (!namespace) return [required('metadata.namespace')]
  return dns1123LabelMistakes(namespace).map((detail) => invalid('metadata.namespace', namespace, detail))
}

function ownerErrors({ ownerReferences = [] }: ObjectMeta): readonly FieldError[] {
  const field = 'metadata.ownerReferences'
  const controllers = ownerReferences.filter(({ controller }) => controller)
  const errors = ownerReferences.flatMap((owner) => [
    ...(owner.apiVersion ? [] : [invalid(`${field}.apiVersion`, '', 'version must not be empty')]),
    ...(['kind', 'name', 'uid'] as const)
      .filter((key) => !owner[key])
      .map((key) => invalid(`${field}.${key}`, '', 'must not be empty')),
  ])
  if (controllers.length < 2) return errors
  const [first, second] = controllers
  const detail = `Only one reference can have Controller set to true. Found "true" in references for ${first?.kind}/${first?.name} and ${second?.kind}/${second?.name}`
  return [...errors, invalid(field, ownerReferences, detail)]
}

function finalizerErrors({ finalizers = [] }: ObjectMeta): readonly FieldError[] {
  const field = 'metadata.finalizers'
  const errors = finalizers.flatMap((name) =>
    qualifiedNameMistakes(name).map((detail) => invalid(field, name, detail)),
  )
  if (!finalizers.includes('orphan') || !finalizers.includes('foregroundDeletion')) return errors
  const detail = 'finalizer orphan and foregroundDeletion cannot be both set'
  return [...errors, invalid(field, finalizers, detail)]
}

function lateFinalizers(names: readonly string[]): FieldError {
  const list = names.map((name) => JSON.stringify(name)).join(', ')
  const detail = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${list}}`
  return forbidden('metadata.finalizers', detail)
}

/** What did not change is not looked at again: old objects may break rules that came after them. */
function changed<T>(value: T, old: T, errors: () => readonly FieldError[]): readonly FieldError[] {
  return isEqual(value, old) ? [] : errors()
}
