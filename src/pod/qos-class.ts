// The quality of service class of a Pod, which says who is evicted first.

import { compareQuantities } from './quantity-arithmetic.ts'
import { parseQuantity } from './quantity.ts'
import type { PodSpec } from './json.ts'

export type QosClass = 'BestEffort' | 'Burstable' | 'Guaranteed'

interface Resources {
  readonly limits?: Readonly<Record<string, string>> | undefined
  readonly requests?: Readonly<Record<string, string>> | undefined
}

/** Only these two resources count for the class. */
const COUNTED = ['cpu', 'memory'] as const

/**
 * Guaranteed when every container (init containers too), or the Pod as a whole, limits cpu and memory and requests
 * just as much; BestEffort when nothing asks for anything. Source: pkg/apis/core/v1/helper/qos/qos.go:ComputePodQOS.
 */
export function qosClass(spec: PodSpec): QosClass {
  const all: readonly Resources[] = spec.resources
    ? [spec.resources]
    : [...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(({ resources }) => resources ?? {})
  if (!all.some(asksForSomething)) return 'BestEffort'
  return all.every(isGuaranteed) ? 'Guaranteed' : 'Burstable'
}

function asksForSomething({ limits, requests }: Resources): boolean {
  return COUNTED.some((name) => isPositive(limits?.[name]) || isPositive(requests?.[name]))
}

function isGuaranteed({ limits, requests }: Resources): boolean {
  return COUNTED.every((name) => {
    const limit = limits?.[name]
    const request = requests?.[name] ?? limit
    if (!isPositive(limit) || limit === undefined || request === undefined) return false
    return compareQuantities(parseQuantity(limit), parseQuantity(request)) === 0
  })
}

function isPositive(quantity: string | undefined): boolean {
  return quantity !== undefined && parseQuantity(quantity).nanos > 0n
}
