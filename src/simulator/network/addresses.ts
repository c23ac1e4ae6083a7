// Who has which address: nodes, the Pods on them, and the ranges that belong to nobody.

/** The first node's InternalIP; the recorded node had it (documentation range 192.0.2.0/24). */
const NODE_NETWORK = '192.0.2'
/** Pods: a /24 for each node out of 10.244.0.0/16, as kubeadm and the recorded node have it. */
const POD_NETWORK = '10.244'
const FIRST_HOST = 2
const LAST_HOST = 254

/** The most nodes for which there are addresses. */
export const MAX_NODES = LAST_HOST - FIRST_HOST + 1

/** The InternalIP of the node that joined as number `index` (from 0). */
export function nodeAddress(index: number): string {
  if (index >= MAX_NODES) throw new RangeError(`a simulated cluster has at most ${MAX_NODES} nodes`)
  return `${NODE_NETWORK}.${FIRST_HOST + index}`
}

/** The range of Pod addresses of a node. */
export function podCidr(index: number): string {
  return `${POD_NETWORK}.${index}.0/24`
}

/** Whether an address is one that a Pod or a node of this cluster could have. */
export function isClusterAddress(address: string): boolean {
  return address.startsWith(`${POD_NETWORK}.`) || address.startsWith(`${NODE_NETWORK}.`)
}

/** Whether an address means the namespace itself. */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1' || address === 'localhost'
}

/** Hands out the Pod addresses of one node, each as late as possible after it was given back (CNI host-local). */
export class AddressPool {
  readonly #nodeIndex: number
  readonly #used = new Set<number>()
  #last = FIRST_HOST - 1

  constructor(nodeIndex: number) {
    this.#nodeIndex = nodeIndex
  }

  /** @throws Error in the words of the plugin, when all are taken */
  take(): string {
    for (let step = 1; step <= LAST_HOST; step++) {
      const host = FIRST_HOST + ((this.#last - FIRST_HOST + step + (LAST_HOST - 1)) % (LAST_HOST - 1))
      if (this.#used.has(host)) continue
      this.#used.add(host)
      this.#last = host
      return `${POD_NETWORK}.${this.#nodeIndex}.${host}`
    }
    const range = `${POD_NETWORK}.${this.#nodeIndex}.1-${POD_NETWORK}.${this.#nodeIndex}.${LAST_HOST}`
    throw new Error(`failed to allocate for range 0: no IP addresses available in range set: ${range}`)
  }

  giveBack(address: string): void {
    this.#used.delete(Number(address.slice(address.lastIndexOf('.') + 1)))
  }
}
