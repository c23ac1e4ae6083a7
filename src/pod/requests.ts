// What a Pod asks of a node: the requests of its containers, taken together as the scheduler does.

import type { Container, Pod, PodSpec } from './json.ts'
import { addQuantities, compareQuantities } from './quantity-arithmetic.ts'
import { parseQuantity } from './quantity.ts'
import type { Quantity } from './quantity.ts'

/** Amounts by resource name (`cpu`, `memory`, `example.com/gpu`). */
export type ResourceAmounts = ReadonlyMap<string, Quantity>

/** Specs never change once they are stored, and are asked about again and again. */
const known = new WeakMap<PodSpec, ResourceAmounts>()

/**
 * The sum over containers and sidecars, or what the hungriest init container needs beside the sidecars started before
 * it, whichever is more; then the Pod's own requests where it states them, and its overhead.
 * Source: k8s.io/component-helpers/resource/helpers.go:PodRequests.
 */
export function podRequests(pod: Pod): ResourceAmounts {
  if (!pod.spec) return new Map()
  let requests = known.get(pod.spec)
  if (!requests) {
    requests = total(pod.spec, 'requests')
    known.set(pod.spec, requests)
  }
  return requests
}

/** The same for limits; a resource of which one container has no limit is summed over the others. Source: PodLimits. */
export function podLimits(pod: Pod): ResourceAmounts {
  return pod.spec ? total(pod.spec, 'limits') : new Map()
}

function total(spec: PodSpec, side: 'limits' | 'requests'): ResourceAmounts {
  const sum = new Map<string, Quantity>()
  for (const container of spec.containers) add(sum, amountsOf(container, side))
  const sidecars = new Map<string, Quantity>()
  const init = new Map<string, Quantity>()
  for (const container of spec.initContainers ?? []) {
    const amounts = amountsOf(container, side)
    if (container.restartPolicy === 'Always') {
      add(sum, amounts)
      add(sidecars, amounts)
      raise(init, sidecars)
    } else {
      const together = new Map(sidecars)
      add(together, amounts)
      raise(init, together)
    }
  }
  raise(sum, init)
  for (const [resource, amount] of amountsOf(spec, side)) sum.set(resource, amount)
  // A limit that nobody has set stays unset: overhead is only added to what is limited.
  const overhead = Object.entries(spec.overhead ?? {}).filter(
    ([resource]) => side === 'requests' || sum.has(resource),
  )
  add(
    sum,
    overhead.map(([resource, text]) => [resource, parseQuantity(text)] as const),
  )
  return sum
}

function amountsOf(
  { resources }: Pick<Container, 'resources'>,
  side: 'limits' | 'requests',
): readonly (readonly [string, Quantity])[] {
  return Object.entries(resources?.[side] ?? {}).map(([resource, text]) => [resource, parseQuantity(text)])
}

function add(sum: Map<string, Quantity>, amounts: Iterable<readonly [string, Quantity]>): void {
  for (const [resource, amount] of amounts) {
    const before = sum.get(resource)
    sum.set(resource, before ? addQuantities(before, amount) : amount)
  }
}

function raise(sum: Map<string, Quantity>, amounts: Iterable<readonly [string, Quantity]>): void {
  for (const [resource, amount] of amounts) {
    const before = sum.get(resource)
    if (!before || compareQuantities(before, amount) < 0) sum.set(resource, amount)
  }
}
