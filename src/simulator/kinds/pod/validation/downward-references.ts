// What of itself a Pod may hand down to its containers.

import type { V1ObjectFieldSelector, V1ResourceFieldSelector } from '@kubernetes/client-node'
import type { Json } from '../../../../pod/json.ts'
import { qualifiedNameMistakes } from '../../../../pod/names.ts'
import { canonicalQuantity } from '../../../../pod/quantity.ts'
import type { FieldError, FieldPath } from '../../../store/field-error.ts'
import { invalid, notSupported, required } from '../../../store/field-error.ts'
import { invalids } from '../../field-checks.ts'

export const ENVIRONMENT_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]

export const VOLUME_FIELDS = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
]

/** The names that the API converts; each place allows some of them. */
const KNOWN_FIELDS = new Set([
  ...ENVIRONMENT_FIELDS,
  ...VOLUME_FIELDS,
  'spec.host',
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
])

const RESOURCES = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
]
const BYTE_DIVISORS = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei']

/** Source: pkg/apis/core/validation/validation.go:validateObjectFieldSelector. */
export function fieldRefMistakes(
  path: FieldPath,
  { apiVersion, fieldPath }: Json<V1ObjectFieldSelector>,
  allowed: readonly string[],
): readonly FieldError[] {
  if (!fieldPath) return [required(`${path}.fieldPath`)]
  const problem = conversionProblem(apiVersion ?? '', fieldPath)
  if (problem) return [invalid(`${path}.fieldPath`, fieldPath, `error converting fieldPath: ${problem}`)]
  const [, map, key] = /^(metadata\.annotations|metadata\.labels)\['(.*)'\]$/.exec(fieldPath) ?? []
  if (key !== undefined)
    return invalids(
      path,
      key,
      qualifiedNameMistakes(map === 'metadata.annotations' ? key.toLowerCase() : key),
    )
  return allowed.includes(fieldPath) ? [] : [notSupported(`${path}.fieldPath`, fieldPath, allowed)]
}

/** Source: the same file:validateContainerResourceFieldSelector. In a volume the container has to be named. */
export function resourceFieldRefMistakes(
  path: FieldPath,
  { containerName, divisor, resource }: Json<V1ResourceFieldSelector>,
  isInVolume: boolean,
): readonly FieldError[] {
  if (isInVolume && !containerName) return [required(`${path}.containerName`)]
  if (!resource) return [required(`${path}.resource`)]
  const isKnown = RESOURCES.includes(resource) || /^(limits|requests)\.hugepages-/.test(resource)
  if (!isKnown) return [notSupported(`${path}.resource`, resource, RESOURCES)]
  return divisorMistakes(`${path}.divisor`, resource, canonicalQuantity(divisor ?? '0'))
}

/** Source: pkg/apis/core/pods/helpers.go:ConvertDownwardAPIFieldLabel. */
function conversionProblem(apiVersion: string, fieldPath: string): string | undefined {
  if (apiVersion !== 'v1') return `unsupported pod version: ${apiVersion}`
  const subscripted = /^(.*)\['.*'\]$/.exec(fieldPath)?.[1]
  if (subscripted !== undefined) {
    const isMap = subscripted === 'metadata.annotations' || subscripted === 'metadata.labels'
    return isMap ? undefined : `field label does not support subscript: ${fieldPath}`
  }
  return KNOWN_FIELDS.has(fieldPath) ? undefined : `field label not supported: ${fieldPath}`
}

function divisorMistakes(path: FieldPath, resource: string, divisor: string): readonly FieldError[] {
  if (divisor === '0') return []
  if (resource.endsWith('.cpu')) {
    if (divisor === '1m' || divisor === '1') return []
    return [invalid(path, resource, "only divisor's values 1m and 1 are supported with the cpu resource")]
  }
  if (BYTE_DIVISORS.includes(divisor)) return []
  const what = resource.endsWith('.memory')
    ? 'memory'
    : resource.endsWith('storage')
      ? 'local ephemeral storage'
      : 'hugepages'
  return [
    invalid(
      path,
      resource,
      `only divisor's values ${BYTE_DIVISORS.join(', ')} are supported with the ${what} resource`,
    ),
  ]
}
