// Checks that many fields of many kinds share.

import {
  dns1123LabelMistakes,
  dns1123SubdomainMistakes,
  portNameMistakes,
  portNumberMistakes,
  qualifiedNameMistakes,
} from '../../pod/names.ts'
import type { FieldError, FieldPath } from '../store/field-error.ts'
import { duplicate, invalid, notSupported, required } from '../store/field-error.ts'

type FieldErrors = readonly FieldError[]

/** An Invalid for every detail that is wrong with a value. */
export function invalids(path: FieldPath, value: unknown, details: readonly string[]): FieldErrors {
  return details.map((detail) => invalid(path, value, detail))
}

/** The value must be one of the supported ones, which are told in their order. */
export function oneOf(path: FieldPath, value: string | undefined, supported: readonly string[]): FieldErrors {
  return value !== undefined && supported.includes(value) ? [] : [notSupported(path, value ?? '', supported)]
}

/** Like `oneOf`, for a field that may be absent. */
export function optionalOneOf(
  path: FieldPath,
  value: string | undefined,
  supported: readonly string[],
): FieldErrors {
  return value === undefined ? [] : oneOf(path, value, supported)
}

export function nonNegative(path: FieldPath, value: number | undefined): FieldErrors {
  return value !== undefined && value < 0 ? [invalid(path, value, 'must be greater than or equal to 0')] : []
}

/** A name must be there, and be an RFC 1123 label. */
export function labelName(path: FieldPath, name: string | undefined): FieldErrors {
  return name ? invalids(path, name, dns1123LabelMistakes(name)) : [required(path)]
}

/** An RFC 1123 subdomain, where there is one. */
export function optionalSubdomain(path: FieldPath, name: string | undefined): FieldErrors {
  return name ? invalids(path, name, dns1123SubdomainMistakes(name)) : []
}

/** The key of a label. Source: apimachinery pkg/apis/meta/v1/validation/validation.go:ValidateLabelName. */
export function labelKey(path: FieldPath, key: string | undefined): FieldErrors {
  return invalids(path, key ?? '', qualifiedNameMistakes(key ?? ''))
}

/** A port as number or as name. Source: pkg/apis/core/validation/validation.go:ValidatePortNumOrName. */
export function portNumberOrName(path: FieldPath, port: number | string | undefined): FieldErrors {
  const value = port ?? 0
  return invalids(
    path,
    value,
    typeof value === 'number' ? portNumberMistakes(value) : portNameMistakes(value),
  )
}

/** A path inside a volume. Source: the same file:validateLocalDescendingPath. */
export function descendingPath(path: FieldPath, text: string): FieldErrors {
  return [
    ...(text.startsWith('/') ? [invalid(path, text, 'must be a relative path')] : []),
    ...noBacksteps(path, text),
  ]
}

/** No part of a path may be '..'. Source: the same file:validatePathNoBacksteps. */
export function noBacksteps(path: FieldPath, text: string): FieldErrors {
  return text.split('/').includes('..') ? [invalid(path, text, "must not contain '..'")] : []
}

/** A Duplicate for every name that came before; `pathOf` says where a name stands. Empty names are not compared. */
export function duplicates(
  names: readonly (string | undefined)[],
  pathOf: (index: number) => FieldPath,
): FieldErrors {
  const seen = new Set<string>()
  return names.flatMap((name, index) => {
    if (!name) return []
    if (seen.has(name)) return [duplicate(pathOf(index), name)]
    seen.add(name)
    return []
  })
}

/** A user or group id. Source: apimachinery pkg/util/validation/validation.go:IsValidUserID. */
export function processId(path: FieldPath, id: number | undefined): FieldErrors {
  if (id === undefined || (id >= 0 && id <= 2_147_483_647)) return []
  return [invalid(path, id, 'must be between 0 and 2147483647, inclusive')]
}
