// What the scheduler knows of one node: the node, the Pods on it, and what they take.

import type { Node, Pod } from '../../pod/json.ts'
import { milliUnits, wholeUnits } from '../../pod/quantity-arithmetic.ts'
import type { Quantity } from '../../pod/quantity.ts'
import { parseQuantity } from '../../pod/quantity.ts'
import { podRequests } from '../../pod/requests.ts'

/** Amounts by resource name: cpu in thousandths, everything else in its base unit. */
export type Amounts = ReadonlyMap<string, number>

/** A port of the node that a Pod has taken. */
export interface HostPort {
  readonly ip: string
  readonly port: number
  readonly protocol: string
}

/** What a Pod without a request counts for when nodes are compared (framework/util/pod_resources.go). */
const DEFAULT_REQUESTS = new Map([
  ['cpu', 100],
  ['memory', 200 * 1024 * 1024],
])

/** A node with its Pods; kept up to date by the scheduler's cache (pkg/scheduler/framework/types.go: NodeInfo). */
export class NodeInfo {
  readonly name: string
  #node: Node
  #allocatable: Amounts
  readonly #pods = new Map<string, Pod>()
  readonly #requested = new Map<string, number>()
  readonly #scored = new Map<string, number>()
  readonly #hostPorts = new Map<string, readonly HostPort[]>()
  readonly #withAntiAffinity = new Map<string, Pod>()

  constructor(node: Node) {
    this.name = node.metadata?.name ?? ''
    this.#node = node
    this.#allocatable = allocatableOf(node)
  }

  get node(): Node {
    return this.#node
  }

  set node(node: Node) {
    this.#node = node
    this.#allocatable = allocatableOf(node)
  }

  get labels(): Readonly<Record<string, string>> {
    return this.#node.metadata?.labels ?? {}
  }

  get podCount(): number {
    return this.#pods.size
  }

  pods(): Iterable<Pod> {
    return this.#pods.values()
  }

  /** The Pods that keep others away by a required anti-affinity. */
  podsWithAntiAffinity(): Iterable<Pod> {
    return this.#withAntiAffinity.values()
  }

  hostPorts(): Iterable<readonly HostPort[]> {
    return this.#hostPorts.values()
  }

  allocatable(resource: string): number {
    return this.#allocatable.get(resource) ?? 0
  }

  /** What the Pods here have asked for. */
  requested(resource: string): number {
    return this.#requested.get(resource) ?? 0
  }

  /** The same, where a Pod that asked for nothing counts a little. */
  scored(resource: string): number {
    return this.#scored.get(resource) ?? 0
  }

  /** Adds a Pod, or its new state in place of the one before. */
  add(pod: Pod): void {
    const uid = pod.metadata?.uid ?? ''
    const known = this.#pods.get(uid)
    if (known && known.spec === pod.spec) {
      // Only its status or its labels have changed: it takes what it took before.
      this.#pods.set(uid, pod)
      if (this.#withAntiAffinity.has(uid)) this.#withAntiAffinity.set(uid, pod)
      return
    }
    this.remove(uid)
    this.#pods.set(uid, pod)
    this.#count(pod, 1)
    const ports = hostPortsOf(pod)
    if (ports.length > 0) this.#hostPorts.set(uid, ports)
    if (pod.spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.length) {
      this.#withAntiAffinity.set(uid, pod)
    }
  }

  remove(uid: string): void {
    const pod = this.#pods.get(uid)
    if (!pod) return
    this.#pods.delete(uid)
    this.#hostPorts.delete(uid)
    this.#withAntiAffinity.delete(uid)
    this.#count(pod, -1)
  }

  /** The same node without some of its Pods. */
  without(uids: ReadonlySet<string>): NodeInfo {
    const copy = new NodeInfo(this.#node)
    for (const [uid, pod] of this.#pods) if (!uids.has(uid)) copy.add(pod)
    return copy
  }

  #count(pod: Pod, sign: 1 | -1): void {
    const requests = requestedAmounts(pod)
    for (const [resource, amount] of requests)
      this.#requested.set(resource, this.requested(resource) + sign * amount)
    for (const [resource, least] of DEFAULT_REQUESTS) {
      this.#scored.set(resource, this.scored(resource) + sign * (requests.get(resource) || least))
    }
  }
}

/** What a Pod asks for, in the units of a NodeInfo. */
export function requestedAmounts(pod: Pod): Amounts {
  return new Map(
    [...podRequests(pod)].map(([resource, quantity]) => [resource, amountOf(resource, quantity)]),
  )
}

/** What a Pod counts for when nodes are compared. */
export function scoredRequest(requests: Amounts, resource: string): number {
  return requests.get(resource) || (DEFAULT_REQUESTS.get(resource) ?? 0)
}

/** The ports of the node that a Pod takes for itself. */
export function hostPortsOf(pod: Pod): readonly HostPort[] {
  const sidecars = (pod.spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always')
  return [...(pod.spec?.containers ?? []), ...sidecars].flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostPort, hostIP = '', protocol = 'TCP' }) =>
      hostPort ? [{ ip: hostIP || '0.0.0.0', port: hostPort, protocol }] : [],
    ),
  )
}

function allocatableOf(node: Node): Amounts {
  const entries = Object.entries(node.status?.allocatable ?? {})
  return new Map(entries.map(([resource, text]) => [resource, amountOf(resource, parseQuantity(text))]))
}

function amountOf(resource: string, quantity: Quantity): number {
  return resource === 'cpu' ? milliUnits(quantity) : wholeUnits(quantity)
}
