// Whether the node takes a pod that was given to it.

import type { Node } from '../kinds/node.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import { matchesNodeAffinity } from '../../pod/node-selection.ts'
import { parseQuantity } from '../../pod/quantity.ts'
import { podRequests } from '../../pod/requests.ts'
import type { NodeFacts } from './parts.ts'

/** Why not. */
export interface AdmissionFailure {
  readonly reason: string
  readonly message: string
}

/** The pods that the node has already. They are looked at one by one only where they can matter. */
export interface OtherPods {
  /** There are no more than so many. */
  readonly atMost: number
  readonly running: () => readonly Pod[]
}

/** Source: pkg/kubelet/lifecycle/predicate.go:Admit. */
export function admissionFailure(
  pod: Pod,
  others: OtherPods,
  node: Node | undefined,
  { maxPods }: NodeFacts,
): AdmissionFailure | undefined {
  if (others.atMost >= maxPods) {
    const { length } = others.running()
    if (length >= maxPods) return outOf('pods', '1', String(length), String(maxPods))
  }
  if (node && !matchesNodeAffinity(pod, node)) {
    const why = "node(s) didn't match Pod's node affinity/selector"
    return { reason: 'NodeAffinity', message: `Predicate NodeAffinity failed: ${why}` }
  }
  return lackOfResources(pod, others, node)
}

function lackOfResources(pod: Pod, others: OtherPods, node: Node | undefined): AdmissionFailure | undefined {
  const wanted = podRequests(pod)
  for (const resource of ['cpu', 'memory', 'ephemeral-storage']) {
    const capacity = node?.status?.allocatable?.[resource]
    const request = wanted.get(resource)?.nanos ?? 0n
    if (capacity === undefined || request === 0n) continue
    const used = others
      .running()
      .reduce((sum, other) => sum + (podRequests(other).get(resource)?.nanos ?? 0n), 0n)
    const capacityNanos = parseQuantity(capacity).nanos
    if (used + request > capacityNanos) {
      const text = (nanos: bigint) => String(resource === 'cpu' ? nanos / 1_000_000n : nanos / 1_000_000_000n)
      return outOf(resource, text(request), text(used), text(capacityNanos))
    }
  }
  return undefined
}

function outOf(resource: string, requested: string, used: string, capacity: string): AdmissionFailure {
  const amounts = `requested: ${requested}, used: ${used}, capacity: ${capacity}`
  return { reason: `OutOf${resource}`, message: `Node didn't have enough resource: ${resource}, ${amounts}` }
}
