// What a container may ask for, and how much of it.

import type { V1ContainerResizePolicy, V1ResourceRequirements } from '@kubernetes/client-node'
import type { Json } from '../../../../pod/json.ts'
import { qualifiedNameMistakes } from '../../../../pod/names.ts'
import { compareQuantities } from '../../../../pod/quantity-arithmetic.ts'
import { formatQuantity, parseQuantity } from '../../../../pod/quantity.ts'
import type { FieldError, FieldPath } from '../../../store/field-error.ts'
import { duplicate, forbidden, invalid, notSupported, required } from '../../../store/field-error.ts'
import { invalids } from '../../field-checks.ts'
import type { ResourceList } from '../../resource-list.ts'
import { compareText } from '../../text.ts'

type Requirements = Json<V1ResourceRequirements>

const OF_CONTAINERS = ['cpu', 'ephemeral-storage', 'memory']
const OF_OTHERS = [
  'configmaps',
  'limits.cpu',
  'limits.memory',
  'persistentvolumeclaims',
  'pods',
  'replicationcontrollers',
  'requests.cpu',
  'requests.memory',
  'requests.storage',
  'resourcequotas',
  'secrets',
  'services',
  'services.loadbalancers',
  'services.nodeports',
  'storage',
]
const RESIZABLE = ['cpu', 'memory']
const RESIZE_POLICIES = ['NotRequired', 'RestartContainer']

/** Source: pkg/apis/core/validation/validation.go:ValidateContainerResourceRequirements. */
export function resourcesMistakes(
  path: FieldPath,
  requirements: Requirements,
  claims: readonly string[],
): readonly FieldError[] {
  return [
    ...amountsMistakes(path, requirements, containerResourceNameMistakes),
    ...hugePagesMistakes(path, requirements),
    ...claimsMistakes(path, requirements, claims),
  ]
}

/** Names, amounts, and requests against limits; what names may be is told by `nameMistakes`. */
export function amountsMistakes(
  path: FieldPath,
  { limits = {}, requests = {} }: Pick<Requirements, 'limits' | 'requests'>,
  nameMistakes: (path: FieldPath, name: string) => readonly FieldError[],
): readonly FieldError[] {
  const each = (list: ResourceList, at: FieldPath, compare: (name: string) => readonly FieldError[]) =>
    Object.keys(list)
      .toSorted(compareText)
      .flatMap((name) => [
        ...nameMistakes(`${at}[${name}]`, name),
        ...amountMistakes(`${at}[${name}]`, name, list[name] ?? '0'),
        ...compare(name),
      ])
  return [
    ...each(limits, `${path}.limits`, () => []),
    ...each(requests, `${path}.requests`, (name) =>
      requestMistakes(path, name, requests[name] ?? '0', limits[name]),
    ),
  ]
}

/** Resources of vendors (`example.com/gpu`) cannot be promised twice. */
export function isOvercommittable(name: string): boolean {
  return isNative(name) && !isHugePages(name)
}

/** Source: the same file:validateClaimNames. */
export function claimsMistakes(
  path: FieldPath,
  { claims = [] }: Requirements,
  known: readonly string[],
): readonly FieldError[] {
  return claims.flatMap(({ name, request }, index) => {
    const at = `${path}.claims[${index}]`
    if (!name) return [required(`${at}.name`)]
    const isRepeated = claims.findIndex((other) => other.name === name && other.request === request) < index
    if (isRepeated) return [duplicate(`${at}.name`, name)]
    if (known.includes(name)) return []
    const detail =
      known.length === 0
        ? 'must be one of the names in pod.spec.resourceClaims which is empty'
        : 'must be one of the names in pod.spec.resourceClaims'
    return [
      { reason: 'FieldValueNotFound', field: at, message: `Not found: ${JSON.stringify(name)}: ${detail}` },
    ]
  })
}

/** Source: the same file:validateResizePolicy. */
export function resizePolicyMistakes(
  path: FieldPath,
  policies: readonly Json<V1ContainerResizePolicy>[],
  podRestartPolicy: string | undefined,
): readonly FieldError[] {
  return policies.flatMap(({ resourceName, restartPolicy }, index) => {
    const isRepeated = policies.findIndex((other) => other.resourceName === resourceName) < index
    return [
      ...(isRepeated ? [duplicate(`${path}[${index}]`, resourceName)] : []),
      ...(RESIZABLE.includes(resourceName) ? [] : [notSupported(path, resourceName, RESIZABLE)]),
      ...restartMistakes(path, restartPolicy, podRestartPolicy),
    ]
  })
}

function restartMistakes(
  path: FieldPath,
  policy: string,
  podPolicy: string | undefined,
): readonly FieldError[] {
  if (!policy) return [required(path)]
  if (!RESIZE_POLICIES.includes(policy)) return [notSupported(path, policy, RESIZE_POLICIES)]
  if (podPolicy !== 'Never' || policy === 'NotRequired') return []
  return [invalid(path, policy, "must be 'NotRequired' when pod `restartPolicy` is 'Never'")]
}

function requestMistakes(
  path: FieldPath,
  name: string,
  request: string,
  limit: string | undefined,
): readonly FieldError[] {
  if (limit === undefined)
    return isOvercommittable(name)
      ? []
      : [required(`${path}.limits`, 'Limit must be set for non overcommitable resources')]
  const difference = compareQuantities(parseQuantity(request), parseQuantity(limit))
  if (difference !== 0 && !isOvercommittable(name))
    return [invalid(`${path}.requests`, shown(request), `must be equal to ${name} limit of ${shown(limit)}`)]
  if (difference <= 0) return []
  const detail = `must be less than or equal to ${name} limit of ${shown(limit)}`
  return [invalid(`${path}.requests`, shown(request), detail)]
}

/** Source: the same file:validateContainerResourceName. */
export function containerResourceNameMistakes(path: FieldPath, name: string): readonly FieldError[] {
  const general = resourceNameMistakes(path, name)
  if (!name.includes('/')) {
    if (OF_CONTAINERS.includes(name) || isHugePages(name)) return general
    return [...general, invalid(path, name, 'must be a standard resource for containers')]
  }
  if (isNative(name) || isExtended(name)) return general
  return [...general, invalid(path, name, "doesn't follow extended resource name standard")]
}

function resourceNameMistakes(path: FieldPath, name: string): readonly FieldError[] {
  const mistakes = qualifiedNameMistakes(name)
  if (mistakes.length > 0) return invalids(path, name, mistakes)
  const isStandard = OF_CONTAINERS.includes(name) || OF_OTHERS.includes(name) || isHugePages(name)
  if (name.includes('/') || isStandard) return []
  return [invalid(path, name, 'must be a standard resource type or fully qualified')]
}

/** Source: the same file:ValidateResourceQuantityValue. */
export function amountMistakes(path: FieldPath, name: string, amount: string): readonly FieldError[] {
  const { nanos } = parseQuantity(amount)
  const isCounted = isExtended(name) || name === 'pods'
  return [
    ...(nanos < 0n ? [invalid(path, shown(amount), 'must be greater than or equal to 0')] : []),
    ...(isCounted && nanos % 1_000_000_000n !== 0n
      ? [invalid(path, shown(amount), 'must be an integer')]
      : []),
  ]
}

function hugePagesMistakes(
  path: FieldPath,
  { limits = {}, requests = {} }: Requirements,
): readonly FieldError[] {
  const names = [...Object.keys(limits), ...Object.keys(requests)]
  if (!names.some(isHugePages) || names.includes('cpu') || names.includes('memory')) return []
  return [forbidden(path, 'HugePages require cpu or memory')]
}

function isHugePages(name: string): boolean {
  return name.startsWith('hugepages-')
}

function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/')
}

function isExtended(name: string): boolean {
  return (
    !isNative(name) && !name.startsWith('requests.') && qualifiedNameMistakes(`requests.${name}`).length === 0
  )
}

function shown(quantity: string): string {
  return formatQuantity(parseQuantity(quantity))
}
