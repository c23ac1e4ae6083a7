// LimitRanger: containers get the limits of their namespace where they name none, and nobody goes beyond them.

import type { Container, PodSpec } from '../../../pod/json.ts'
import type { Quantity } from '../../../pod/quantity.ts'
import { compareQuantities } from '../../../pod/quantity-arithmetic.ts'
import { formatQuantity, parseQuantity } from '../../../pod/quantity.ts'
import type { Admission, AdmissionRequest } from '../../store/admission.ts'
import { forbiddenError } from '../../store/api-error.ts'
import type { Context } from '../../store/kind.ts'
import { resourceOf } from '../../store/kind.ts'
import type { KubeObject } from '../../store/object.ts'
import { fill } from '../defaulting.ts'
import type { LimitRange, LimitRangeItem } from '../limit-range.ts'
import type { PersistentVolumeClaim } from '../persistent-volume-claim.ts'
import type { Pod } from '../pod/pod.ts'
import type { Usage } from '../quota/object-usage.ts'
import { podTotals } from '../quota/object-usage.ts'
import type { ResourceList } from '../resource-list.ts'
import { compareText } from '../text.ts'

const ANNOTATION = 'kubernetes.io/limit-ranger'

/** Source: plugin/pkg/admission/limitranger/admission.go. */
export const limitRanger: Admission = {
  name: 'LimitRanger',
  admit(request) {
    const { context, object } = request
    if (!isNew(request, 'pods')) return object
    const items = itemsOf(context, object).filter(({ type }) => type === 'Container')
    return items.reduce((pod, item) => withDefaults(pod, item), object as Pod)
  },
  check(request) {
    const { context, kind, object, ref } = request
    const mistakes = isNew(request, 'pods')
      ? itemsOf(context, object).flatMap((item) => podMistakes(object as Pod, item))
      : isNew(request, 'persistentvolumeclaims')
        ? itemsOf(context, object).flatMap((item) => claimMistakes(object as PersistentVolumeClaim, item))
        : []
    if (mistakes.length === 0) return
    throw forbiddenError(
      kind,
      ref.name,
      mistakes.length === 1 ? mistakes.join('') : `[${mistakes.join(', ')}]`,
    )
  },
}

function isNew({ kind, operation, subresource }: AdmissionRequest, resource: string): boolean {
  return operation === 'CREATE' && subresource === '' && resourceOf(kind) === resource
}

function itemsOf({ store }: Context, { metadata }: KubeObject): readonly LimitRangeItem[] {
  const ranges = store.list('limitranges', metadata.namespace) as readonly LimitRange[]
  return ranges.flatMap(({ spec }) => spec?.limits ?? [])
}

/** The Pod with what its containers left out, and a note of what that was. */
function withDefaults(
  pod: Pod,
  { default: limits = {}, defaultRequest: requests = {} }: LimitRangeItem,
): Pod {
  const spec = pod.spec ?? { containers: [] }
  const notes: string[] = []
  const complete = (what: string) => (container: Container) => {
    const { resources = {} } = container
    notes.push(...note('request', what, container.name, requests, resources.requests))
    notes.push(...note('limit', what, container.name, limits, resources.limits))
    const filled = {
      ...resources,
      limits: fill<ResourceList>(resources.limits ?? {}, limits),
      requests: fill<ResourceList>(resources.requests ?? {}, requests),
    }
    return { ...container, resources: filled }
  }
  const containers = spec.containers.map(complete('container'))
  const initContainers = spec.initContainers?.map(complete('init container'))
  if (notes.length === 0) return pod
  const annotations = {
    ...pod.metadata.annotations,
    [ANNOTATION]: `LimitRanger plugin set: ${notes.join('; ')}`,
  }
  return {
    ...pod,
    metadata: { ...pod.metadata, annotations },
    spec: { ...spec, containers, ...(initContainers && { initContainers }) },
  }
}

/** `cpu, memory request for container c` */
function note(
  list: string,
  what: string,
  name: string,
  defaults: ResourceList,
  own: ResourceList = {},
): readonly string[] {
  const added = Object.keys(defaults).filter((resource) => own[resource] === undefined)
  return added.length > 0 ? [`${added.toSorted(compareText).join(', ')} ${list} for ${what} ${name}`] : []
}

function podMistakes({ spec = { containers: [] } }: Pod, item: LimitRangeItem): readonly string[] {
  if (item.type === 'Pod') return boundMistakes(item, podTotals(spec, 'requests'), podTotals(spec, 'limits'))
  if (item.type !== 'Container') return []
  const containers: PodSpec['containers'] = [...spec.containers, ...(spec.initContainers ?? [])]
  return containers.flatMap(({ resources }) =>
    boundMistakes(item, usage(resources?.requests), usage(resources?.limits)),
  )
}

function claimMistakes({ spec = {} }: PersistentVolumeClaim, item: LimitRangeItem): readonly string[] {
  if (item.type !== 'PersistentVolumeClaim') return []
  const requests = usage(spec.resources?.requests)
  return [
    ...each(item.min, (name, least) => tooLittle(item.type, name, least, requests.get(name))),
    ...each(item.max, (name, most) => tooMuch(item.type, name, most, requests.get(name), 'request')),
  ]
}

function boundMistakes(item: LimitRangeItem, requests: Usage, limits: Usage): readonly string[] {
  const { type } = item
  return [
    ...each(item.min, (name, least) => {
      if (!requests.has(name))
        return [`minimum ${name} usage per ${type} is ${least}.  No request is specified`]
      const low = tooLittle(type, name, least, requests.get(name))
      return low.length > 0 ? low : tooLittle(type, name, least, limits.get(name), 'limit')
    }),
    ...each(item.max, (name, most) => {
      if (!limits.has(name)) return [`maximum ${name} usage per ${type} is ${most}.  No limit is specified`]
      const high = tooMuch(type, name, most, limits.get(name), 'limit')
      return high.length > 0 ? high : tooMuch(type, name, most, requests.get(name), 'request')
    }),
    ...each(item.maxLimitRequestRatio, (name, most) =>
      ratioMistakes(type, name, most, requests.get(name), limits.get(name)),
    ),
  ]
}

function each(
  bounds: ResourceList = {},
  mistakes: (name: string, bound: string) => readonly string[],
): readonly string[] {
  return Object.keys(bounds)
    .toSorted(compareText)
    .flatMap((name) => mistakes(name, bounds[name] ?? '0'))
}

function tooLittle(
  type: string,
  name: string,
  least: string,
  amount: Quantity | undefined,
  list = 'request',
): readonly string[] {
  if (!amount || compareQuantities(amount, parseQuantity(least)) >= 0) return []
  return [`minimum ${name} usage per ${type} is ${least}, but ${list} is ${formatQuantity(amount)}`]
}

function tooMuch(
  type: string,
  name: string,
  most: string,
  amount: Quantity | undefined,
  list: string,
): readonly string[] {
  if (!amount || compareQuantities(amount, parseQuantity(most)) <= 0) return []
  return [`maximum ${name} usage per ${type} is ${most}, but ${list} is ${formatQuantity(amount)}`]
}

/** How much more a container may take than it asked for. */
function ratioMistakes(
  type: string,
  name: string,
  most: string,
  request: Quantity | undefined,
  limit: Quantity | undefined,
): readonly string[] {
  const rule = `${name} max limit to request ratio per ${type} is ${most}, but`
  if (!request || request.nanos === 0n) return [`${rule} no request is specified or request is 0.`]
  if (!limit || limit.nanos === 0n) return [`${rule} no limit is specified or limit is 0.`]
  const ratio = Number(limit.nanos) / Number(request.nanos)
  return ratio > Number(parseQuantity(most).nanos) / 1e9
    ? [`${rule} provided ratio is ${ratio.toFixed(6)}`]
    : []
}

function usage(list: ResourceList = {}): Usage {
  return new Map(Object.entries(list).map(([name, amount]) => [name, parseQuantity(amount)]))
}
