// What may be projected into one volume.

import type {
  V1DownwardAPIVolumeFile,
  V1ProjectedVolumeSource,
  V1ServiceAccountTokenProjection,
  V1VolumeProjection,
} from '@kubernetes/client-node'
import type { Json } from '../../../../pod/json.ts'
import type { FieldError, FieldPath } from '../../../store/field-error.ts'
import { forbidden, invalid, required } from '../../../store/field-error.ts'
import { VOLUME_FIELDS, fieldRefMistakes, resourceFieldRefMistakes } from './downward-references.ts'
import { filePathMistakes, itemsMistakes, modeMistakes } from './volumes.ts'

type Projection = Json<V1VolumeProjection>

/** Ten minutes, and 2^32 seconds. */
const MIN_TOKEN_SECONDS = 600
const MAX_TOKEN_SECONDS = 4_294_967_296

/** Source: pkg/apis/core/validation/validation.go:validateProjectedVolumeSource. */
export function projectedMistakes(
  path: FieldPath,
  { sources, defaultMode }: Json<V1ProjectedVolumeSource>,
): readonly FieldError[] {
  return [
    ...modeMistakes(`${path}.defaultMode`, defaultMode),
    ...(sources ?? []).flatMap((source, index) => projectionMistakes(`${path}.sources[${index}]`, source)),
  ]
}

/** Source: the same file:validateDownwardAPIVolumeFile, which tells no index of the file. */
export function downwardFilesMistakes(
  path: FieldPath,
  files: readonly Json<V1DownwardAPIVolumeFile>[],
): readonly FieldError[] {
  return files.flatMap(({ path: file, fieldRef, resourceFieldRef, mode }) => [
    ...(file ? filePathMistakes(`${path}.path`, file) : [required(`${path}.path`)]),
    ...(fieldRef ? fieldRefMistakes(`${path}.fieldRef`, fieldRef, VOLUME_FIELDS) : []),
    ...(fieldRef && resourceFieldRef
      ? [invalid(path, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously')]
      : []),
    ...(!fieldRef && resourceFieldRef
      ? resourceFieldRefMistakes(`${path}.resourceFieldRef`, resourceFieldRef, true)
      : []),
    ...(fieldRef || resourceFieldRef
      ? []
      : [required(path, 'one of fieldRef and resourceFieldRef is required')]),
    ...modeMistakes(`${path}.mode`, mode),
  ])
}

function projectionMistakes(path: FieldPath, source: Projection): readonly FieldError[] {
  const { secret, configMap, downwardAPI, serviceAccountToken, clusterTrustBundle, podCertificate } = source
  const found: (readonly FieldError[])[] = []
  if (secret) found.push(namedMistakes(`${path}.secret`, secret))
  if (configMap) found.push(namedMistakes(`${path}.configMap`, configMap))
  if (downwardAPI) found.push(downwardFilesMistakes(`${path}.downwardAPI`, downwardAPI.items ?? []))
  if (serviceAccountToken) found.push(tokenMistakes(`${path}.serviceAccountToken`, serviceAccountToken))
  // Feature gates that are off in 1.36 drop these two, and nothing is left of the source.
  if (clusterTrustBundle ?? podCertificate) found.push([])
  if (found.length === 0) return [required(path, 'must specify a volume type')]
  return found.flatMap((mistakes, index) =>
    index === 0 ? mistakes : [forbidden(path, 'may not specify more than 1 volume type per source')],
  )
}

type Named = Pick<NonNullable<Projection['secret']>, 'items' | 'name'>

function namedMistakes(path: FieldPath, { name, items = [] }: Named): readonly FieldError[] {
  return [...(name ? [] : [required(`${path}.name`)]), ...itemsMistakes(`${path}.items`, items)]
}

function tokenMistakes(
  path: FieldPath,
  { expirationSeconds = MIN_TOKEN_SECONDS, path: file }: Json<V1ServiceAccountTokenProjection>,
): readonly FieldError[] {
  const at = `${path}.expirationSeconds`
  return [
    ...(expirationSeconds < MIN_TOKEN_SECONDS
      ? [invalid(at, expirationSeconds, 'may not specify a duration less than 10 minutes')]
      : []),
    ...(expirationSeconds > MAX_TOKEN_SECONDS
      ? [invalid(at, expirationSeconds, 'may not specify a duration larger than 2^32 seconds')]
      : []),
    ...(file ? filePathMistakes(`${path}.path`, file) : [required(`${path}.path`)]),
  ]
}
