// The kind LimitRange: what a container of a namespace gets when it does not say, and how much it may say.

import type { V1LimitRange, V1LimitRangeItem } from '@kubernetes/client-node'
import type { Json } from '../../pod/json.ts'
import { compareQuantities } from '../../pod/quantity-arithmetic.ts'
import { parseQuantity } from '../../pod/quantity.ts'
import type { FieldError, FieldPath } from '../store/field-error.ts'
import { duplicate, forbidden, invalid, required } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { fill, mapShared, replace } from './defaulting.ts'
import type { ResourceList } from './resource-list.ts'
import { canonicalResources } from './resource-list.ts'

export type LimitRange = Stored<V1LimitRange>
export type LimitRangeItem = Json<V1LimitRangeItem>

export const limitRange: Kind<LimitRange> = {
  group: '',
  version: 'v1',
  kind: 'LimitRange',
  plural: 'limitranges',
  singular: 'limitrange',
  shortNames: ['limits'],
  namespaced: true,

  /** Source: pkg/apis/core/v1/defaults.go:SetDefaults_LimitRangeItem. */
  defaults(object) {
    const { spec } = object
    return spec?.limits
      ? replace(object, { spec: replace(spec, { limits: mapShared(spec.limits, itemDefaults) }) })
      : object
  },
  validate: mistakes,
  validateUpdate: mistakes,
}

/** For containers the default limit is the maximum, and the default request the default limit, else the minimum. */
function itemDefaults(item: LimitRangeItem): LimitRangeItem {
  const canonical = replace(item, {
    default: item.default && canonicalResources(item.default),
    defaultRequest: item.defaultRequest && canonicalResources(item.defaultRequest),
    max: item.max && canonicalResources(item.max),
    min: item.min && canonicalResources(item.min),
  })
  if (item.type !== 'Container') return canonical
  const limits = fill<ResourceList>(canonical.default ?? {}, canonical.max ?? {})
  const requests = fill<ResourceList>(canonical.defaultRequest ?? {}, { ...canonical.min, ...limits })
  return replace(canonical, {
    default: Object.keys(limits).length > 0 ? limits : undefined,
    defaultRequest: Object.keys(requests).length > 0 ? requests : undefined,
  })
}

/** Source: pkg/apis/core/validation/validation.go:ValidateLimitRange. */
function mistakes({ spec }: LimitRange): readonly FieldError[] {
  const limits = spec?.limits ?? []
  return limits.flatMap((item, index) => {
    const at = `spec.limits[${index}]`
    const isRepeated = limits.findIndex(({ type }) => type === item.type) < index
    return [
      ...(item.type ? [] : [required(`${at}.type`)]),
      ...(isRepeated ? [duplicate(`${at}.type`, item.type)] : []),
      ...itemMistakes(at, item),
    ]
  })
}

function itemMistakes(path: FieldPath, item: LimitRangeItem): readonly FieldError[] {
  const { max = {}, min = {}, default: limits, defaultRequest: requests, type } = item
  const forPods =
    type === 'Pod'
      ? [
          ...(limits ? [forbidden(`${path}.default`, "may not be specified when `type` is 'Pod'")] : []),
          ...(requests
            ? [forbidden(`${path}.defaultRequest`, "may not be specified when `type` is 'Pod'")]
            : []),
        ]
      : []
  return [
    ...forPods,
    ...order(path, 'min', min, 'max', max),
    ...order(path, 'defaultRequest', requests ?? {}, 'max', max),
    ...order(path, 'default', limits ?? {}, 'max', max),
    ...order(path, 'defaultRequest', requests ?? {}, 'default', limits ?? {}),
  ]
}

/** One value must not be above another one of the same resource. */
function order(
  path: FieldPath,
  field: string,
  lower: ResourceList,
  upperField: string,
  upper: ResourceList,
): readonly FieldError[] {
  return Object.entries(lower).flatMap(([name, value]) => {
    const bound = upper[name]
    if (bound === undefined || compareQuantities(parseQuantity(value), parseQuantity(bound)) <= 0) return []
    const words: Readonly<Record<string, string>> = {
      default: 'default limit',
      defaultRequest: 'default request',
      max: 'max',
      min: 'min',
    }
    const detail = `${words[field]} value ${value} is greater than ${words[upperField]} value ${bound}`
    return [invalid(`${path}.${field}[${name}]`, value, detail)]
  })
}
