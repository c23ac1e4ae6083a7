// What the environment of a container may be taken from.

import type {
  V1ConfigMapKeySelector,
  V1EnvFromSource,
  V1EnvVar,
  V1FileKeySelector,
} from '@kubernetes/client-node'
import type { Json } from '../../../../pod/json.ts'
import {
  configMapKeyMistakes,
  dns1123SubdomainMistakes,
  environmentNameMistakes,
} from '../../../../pod/names.ts'
import type { FieldError, FieldPath } from '../../../store/field-error.ts'
import { invalid, notFound, required } from '../../../store/field-error.ts'
import { invalids } from '../../field-checks.ts'
import { ENVIRONMENT_FIELDS, fieldRefMistakes, resourceFieldRefMistakes } from './downward-references.ts'

/** Source: pkg/apis/core/validation/validation.go:ValidateEnv. `volumes` are the names of the Pod's volumes. */
export function environmentMistakes(
  path: FieldPath,
  variables: readonly Json<V1EnvVar>[],
  volumes: ReadonlySet<string>,
): readonly FieldError[] {
  return variables.flatMap((variable, index) => {
    const at = `${path}[${index}]`
    const { name } = variable
    return [
      ...(name ? invalids(`${at}.name`, name, environmentNameMistakes(name)) : [required(`${at}.name`)]),
      ...valueFromMistakes(`${at}.valueFrom`, variable, volumes),
    ]
  })
}

/** Source: the same file:ValidateEnvFrom. */
export function environmentSourcesMistakes(
  path: FieldPath,
  sources: readonly Json<V1EnvFromSource>[],
): readonly FieldError[] {
  return sources.flatMap(({ prefix, configMapRef, secretRef }, index) => {
    const at = `${path}[${index}]`
    const count = [configMapRef, secretRef].filter(Boolean).length
    return [
      ...(prefix ? invalids(`${at}.prefix`, prefix, environmentNameMistakes(prefix)) : []),
      ...(configMapRef ? namedSource(`${at}.configMapRef.name`, configMapRef.name) : []),
      ...(secretRef ? namedSource(`${at}.secretRef.name`, secretRef.name) : []),
      ...(count === 0 ? [invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`')] : []),
      ...(count > 1 ? [invalid(path, '', 'may not have more than one field specified at a time')] : []),
    ]
  })
}

function valueFromMistakes(
  path: FieldPath,
  { value, valueFrom }: Json<V1EnvVar>,
  volumes: ReadonlySet<string>,
): readonly FieldError[] {
  if (!valueFrom) return []
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = valueFrom
  const count = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef].filter(Boolean).length
  return [
    ...(fieldRef ? fieldRefMistakes(`${path}.fieldRef`, fieldRef, ENVIRONMENT_FIELDS) : []),
    ...(resourceFieldRef
      ? resourceFieldRefMistakes(`${path}.resourceFieldRef`, resourceFieldRef, false)
      : []),
    ...(configMapKeyRef ? keyRefMistakes(`${path}.configMapKeyRef`, configMapKeyRef) : []),
    ...(secretKeyRef ? keyRefMistakes(`${path}.secretKeyRef`, secretKeyRef) : []),
    ...(fileKeyRef ? fileKeyRefMistakes(`${path}.fileKeyRef`, fileKeyRef, volumes) : []),
    ...countMistakes(path, count, value),
  ]
}

function countMistakes(path: FieldPath, count: number, value: string | undefined): readonly FieldError[] {
  if (count === 0) {
    const sources = '`fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`'
    return [invalid(path, '', `must specify one of: ${sources}`)]
  }
  if (value) return [invalid(path, '', 'may not be specified when `value` is not empty')]
  return count > 1 ? [invalid(path, '', 'may not have more than one field specified at a time')] : []
}

function keyRefMistakes(
  path: FieldPath,
  { name = '', key }: Json<V1ConfigMapKeySelector>,
): readonly FieldError[] {
  return [
    ...invalids(`${path}.name`, name, dns1123SubdomainMistakes(name)),
    ...(key ? invalids(`${path}.key`, key, configMapKeyMistakes(key)) : [required(`${path}.key`)]),
  ]
}

function fileKeyRefMistakes(
  path: FieldPath,
  { key, path: file, volumeName }: Json<V1FileKeySelector>,
  volumes: ReadonlySet<string>,
): readonly FieldError[] {
  const volume = volumeName
    ? volumes.has(volumeName)
      ? []
      : [notFound(`${path}.volumeName`, volumeName)]
    : [required(`${path}.volumeName`)]
  return [
    ...volume,
    ...(file ? [] : [required(`${path}.path`)]),
    ...(key ? invalids(`${path}.key`, key, environmentNameMistakes(key)) : [required(`${path}.key`)]),
  ]
}

function namedSource(path: FieldPath, name: string | undefined): readonly FieldError[] {
  return name ? invalids(path, name, dns1123SubdomainMistakes(name)) : [required(path)]
}
