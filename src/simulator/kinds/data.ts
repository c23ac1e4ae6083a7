// What the data of ConfigMaps and Secrets may look like, and when it may not change.

import { configMapKeyMistakes } from '../../pod/names.ts'
import type { FieldError } from '../store/field-error.ts'
import { forbidden, invalid, tooLong } from '../store/field-error.ts'
import { isEqual } from '../store/equality.ts'

/** The maps of an object that hold data, by field; `binaryData` and a Secret's `data` are base64. */
export type DataFields = Readonly<Record<string, Readonly<Record<string, string>>>>

/** 1 MiB for all values together. Source: pkg/apis/core/types.go:MaxSecretSize. */
const MAX_BYTES = 1024 * 1024

/** Source: pkg/apis/core/validation/validation.go:ValidateConfigMap. The field of a total is the object itself. */
export function dataMistakes(fields: DataFields): readonly FieldError[] {
  const mistakes = Object.entries(fields).flatMap(([field, data]) =>
    Object.keys(data).flatMap((key) => [
      ...configMapKeyMistakes(key).map((detail) => invalid(`${field}[${key}]`, key, detail)),
      ...(field === 'data' && 'binaryData' in fields && key in (fields['binaryData'] ?? {})
        ? [invalid(`data[${key}]`, key, 'duplicate of key present in binaryData')]
        : []),
    ]),
  )
  const isTooBig = byteCount(fields) > MAX_BYTES
  return isTooBig ? [...mistakes, tooLong('[]', MAX_BYTES)] : mistakes
}

/** An immutable object stays so, and so does its data. Source: the same file:ValidateConfigMapUpdate. */
export function immutableDataMistakes(
  fields: DataFields,
  old: DataFields,
  [isImmutable, wasImmutable]: readonly [boolean | undefined, boolean | undefined],
): readonly FieldError[] {
  if (!wasImmutable) return []
  const reason = 'field is immutable when `immutable` is set'
  const changed = Object.keys(fields).filter((field) => !isEqual(fields[field], old[field]))
  return [
    ...(isImmutable ? [] : [forbidden('immutable', reason)]),
    ...changed.map((field) => forbidden(field, reason)),
  ]
}

function byteCount(fields: DataFields): number {
  let bytes = 0
  for (const [field, data] of Object.entries(fields)) {
    const isText = field === 'data' && 'binaryData' in fields
    for (const value of Object.values(data)) bytes += Buffer.byteLength(value, isText ? 'utf8' : 'base64')
  }
  return bytes
}
