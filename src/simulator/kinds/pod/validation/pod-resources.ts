// What a Pod as a whole may ask for.

import type { V1PodResourceClaim, V1ResourceRequirements } from '@kubernetes/client-node'
import type { Container, Json, PodSpec } from '../../../../pod/json.ts'
import { addQuantities, compareQuantities } from '../../../../pod/quantity-arithmetic.ts'
import type { Quantity } from '../../../../pod/quantity.ts'
import { formatQuantity, parseQuantity } from '../../../../pod/quantity.ts'
import type { FieldError, FieldPath } from '../../../store/field-error.ts'
import { duplicate, forbidden, invalid, notSupported } from '../../../store/field-error.ts'
import { labelName } from '../../field-checks.ts'
import { amountsMistakes, claimsMistakes } from './resources.ts'

type Requirements = Json<V1ResourceRequirements>

const SUPPORTED = ['cpu', 'hugepages-', 'memory']

/** Source: pkg/apis/core/validation/validation.go:validatePodResources. */
export function podResourcesMistakes(
  path: FieldPath,
  spec: PodSpec,
  claims: readonly string[],
): readonly FieldError[] {
  const { resources } = spec
  if (!resources) return []
  return [
    ...(resources.claims?.length
      ? [forbidden(`${path}.claims`, 'claims may not be set for Resources at pod-level')]
      : []),
    ...claimsMistakes(path, resources, claims),
    ...amountsMistakes(path, resources, podResourceNameMistakes),
    ...aggregateMistakes(path, resources, spec.containers),
    ...containerLimitsMistakes(path, resources, spec.containers),
  ]
}

/** Source: the same file:validatePodResourceClaims. */
export function resourceClaimsMistakes(
  path: FieldPath,
  claims: readonly Json<V1PodResourceClaim>[],
): readonly FieldError[] {
  return claims.flatMap(({ name, resourceClaimName, resourceClaimTemplateName }, index) => {
    const at = `${path}[${index}]`
    const isRepeated = claims.findIndex((other) => other.name === name) < index
    const source = [resourceClaimName, resourceClaimTemplateName].filter(Boolean).length
    const oneSource = 'must specify exactly one of: `resourceClaimName`, `resourceClaimTemplateName`'
    return [
      ...labelName(`${at}.name`, name),
      ...(isRepeated ? [duplicate(`${at}.name`, name)] : []),
      ...(source === 1 ? [] : [invalid(at, { name }, oneSource)]),
    ]
  })
}

function podResourceNameMistakes(path: FieldPath, name: string): readonly FieldError[] {
  const isSupported = name === 'cpu' || name === 'memory' || name.startsWith('hugepages-')
  return isSupported ? [] : [notSupported(path, name, SUPPORTED)]
}

/** What the containers ask for together must fit into what the Pod asks for. */
function aggregateMistakes(
  path: FieldPath,
  { requests = {} }: Requirements,
  containers: readonly Container[],
): readonly FieldError[] {
  return Object.entries(requests).flatMap(([name, request]) => {
    const total = containers.reduce<Quantity>(
      (sum, { resources }) => addQuantities(sum, parseQuantity(resources?.requests?.[name] ?? '0')),
      parseQuantity('0'),
    )
    if (compareQuantities(total, parseQuantity(request)) <= 0) return []
    const detail = `must be greater than or equal to aggregate container requests of ${formatQuantity(total)}`
    return [invalid(`${path}.requests[${name}]`, request, detail)]
  })
}

function containerLimitsMistakes(
  path: FieldPath,
  { limits = {} }: Requirements,
  containers: readonly Container[],
): readonly FieldError[] {
  return containers.flatMap(({ resources }, index) =>
    Object.entries(limits).flatMap(([name, limit]) => {
      const own = resources?.limits?.[name]
      if (own === undefined || compareQuantities(parseQuantity(own), parseQuantity(limit)) <= 0) return []
      const at = `${path}.containers[${index}][${name}].limits`
      return [invalid(at, own, `must be less than or equal to pod limits of ${limit}`)]
    }),
  )
}
