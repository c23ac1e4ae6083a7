// The network of the cluster: addresses for sandboxes, connections between them, Services, node ports and DNS.

import type { Answer, Endpoint, Network, Pending, Question } from '../../process/network.ts'
import type { Timers } from '../../time/clock.ts'
import type { Random } from '../../time/random.ts'
import type { Store } from '../store/store.ts'
import type { Timing } from '../timing.ts'
import { draw } from '../timing.ts'
import { AddressPool, isClusterAddress, nodeAddress } from './addresses.ts'
import type { DnsRule } from './cluster-dns.ts'
import { clusterDns } from './cluster-dns.ts'
import type { Destination, Wires } from './network-namespace.ts'
import { NetworkNamespace } from './network-namespace.ts'
import { ServiceDirectory } from './service-directory.ts'
import type { ServicePort } from './service-proxy.ts'
import { routeToService, tcpPort } from './service-proxy.ts'
import type { Service } from '../kinds/service/service.ts'

export interface ClusterNetworkOptions {
  readonly store: Store
  readonly timers: Timers
  readonly random: Random
  readonly timing: Timing
  readonly dns?: DnsRule
}

/** The network of one sandbox. */
export interface SandboxNetwork {
  /** The sandbox's address; empty on the node's network. */
  readonly ip: string
  readonly network: Network
  /** Gives the address back. */
  release(): void
}

/** A port of the node that leads into a sandbox (CNI portmap). */
export interface HostPortMapping {
  readonly hostPort: number
  readonly containerPort: number
}

interface NodeNetwork {
  readonly namespace: NetworkNamespace
  readonly pool: AddressPool
  readonly hostPorts: Map<number, Endpoint>
}

const REFUSED: Destination = { kind: 'error', code: 'ECONNREFUSED', afterMs: 0 }
const DNS_PORT = 53

/** There is no world outside of the cluster: its addresses are unreachable, its names unknown. */
export class ClusterNetwork {
  readonly directory: ServiceDirectory
  readonly #options: ClusterNetworkOptions
  readonly #nodes = new Map<string, NodeNetwork>()
  readonly #byAddress = new Map<string, NetworkNamespace>()
  readonly #random: Random
  /** Where clients of Services with session affinity went last: by Service and client address. */
  readonly #sticky = new Map<string, { readonly address: string; readonly atMs: number }>()
  readonly #wires: Wires

  constructor(options: ClusterNetworkOptions) {
    const { store, timers, random, timing } = options
    this.#options = options
    this.#random = random.fork('network')
    this.directory = new ServiceDirectory({ store, timers, timing, random: random.fork('service-directory') })
    this.#wires = {
      timers,
      latencyMs: () => draw(timing.connectionMs, this.#random),
      destination: (from, remote) => this.#destination(from, remote),
      query: (server, question, answer) => this.#query(server, question, answer),
    }
  }

  /** Lets a node join; answers its InternalIP. Nodes are numbered in the order in which they join. */
  addNode(name: string): string {
    const known = this.#nodes.get(name)
    if (known) return known.namespace.addresses[0] ?? ''
    const index = this.#nodes.size
    const address = nodeAddress(index)
    const namespace = new NetworkNamespace(name, [address], this.#wires)
    this.#nodes.set(name, { namespace, pool: new AddressPool(index), hostPorts: new Map() })
    this.#byAddress.set(address, namespace)
    return address
  }

  /** The node's own network: kubelet, probes, and Pods with hostNetwork. */
  hostNetwork(nodeName: string): Network {
    return this.#node(nodeName).namespace
  }

  /**
   * Gives a sandbox its network.
   * @throws Error in the words of the network plugin, when the node has no address left
   */
  attach(nodeName: string, hostPorts: readonly HostPortMapping[] = []): SandboxNetwork {
    const node = this.#node(nodeName)
    const ip = node.pool.take()
    const namespace = new NetworkNamespace(nodeName, [ip], this.#wires)
    this.#byAddress.set(ip, namespace)
    for (const { hostPort, containerPort } of hostPorts) {
      node.hostPorts.set(hostPort, { address: ip, port: containerPort })
    }
    const release = () => {
      if (this.#byAddress.get(ip) !== namespace) return
      this.#byAddress.delete(ip)
      node.pool.giveBack(ip)
      for (const { hostPort } of hostPorts) node.hostPorts.delete(hostPort)
      namespace.close()
    }
    return { ip, network: namespace, release }
  }

  #node(name: string): NodeNetwork {
    const node = this.#nodes.get(name)
    if (!node) throw new Error(`node ${JSON.stringify(name)} has not joined the network`)
    return node
  }

  #destination(from: NetworkNamespace, remote: Endpoint): Destination {
    const service = this.directory.byClusterIP(remote.address)
    if (service) return this.#toService(from, service, tcpPort(service, remote.port))
    const namespace = this.#byAddress.get(remote.address)
    if (namespace) return this.#toNamespace(from, namespace, remote)
    const { unreachableMs } = this.#options.timing
    // A neighbour that does not answer ARP takes a while; outside of the cluster there is no route at all.
    if (isClusterAddress(remote.address))
      return { kind: 'error', code: 'EHOSTUNREACH', afterMs: unreachableMs }
    return { kind: 'error', code: 'ENETUNREACH', afterMs: 0 }
  }

  #toNamespace(from: NetworkNamespace, namespace: NetworkNamespace, remote: Endpoint): Destination {
    const open = namespace.listener(remote)
    if (open) return { kind: 'listener', accept: open.accept, endpoint: remote }
    const node = this.#nodes.get(namespace.nodeName)
    if (node?.namespace !== namespace) return REFUSED
    const mapped = node.hostPorts.get(remote.port)
    if (mapped) return this.#destination(from, mapped)
    const service = this.directory.byNodePort(remote.port)
    const servicePort = service?.spec?.ports?.find(({ nodePort }) => nodePort === remote.port)
    return service ? this.#toService(from, service, servicePort) : REFUSED
  }

  #toService(from: NetworkNamespace, service: Service, servicePort: ServicePort | undefined): Destination {
    const key = `${service.metadata.uid}/${from.addresses[0]}`
    const route = routeToService({
      service,
      servicePort,
      directory: this.directory,
      nodeName: from.nodeName,
      random: this.#random,
      stickyAddress: this.#stickyAddress(service, key),
    })
    if (route.kind === 'lost') return { kind: 'silence' }
    if (route.kind === 'refused') return REFUSED
    if (service.spec?.sessionAffinity === 'ClientIP') {
      this.#sticky.set(key, { address: route.address, atMs: this.#options.timers.now() })
    }
    const target = this.#byAddress.get(route.address)
    return target ? this.#toEndpoint(target, route) : this.#destination(from, route)
  }

  /** Behind a Service only who listens counts: a Service's port never leads to another Service. */
  #toEndpoint(target: NetworkNamespace, endpoint: Endpoint): Destination {
    const open = target.listener(endpoint)
    return open ? { kind: 'listener', accept: open.accept, endpoint } : REFUSED
  }

  #stickyAddress({ spec }: Service, key: string): string | undefined {
    if (spec?.sessionAffinity !== 'ClientIP') return undefined
    const timeoutMs = (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800) * 1_000
    const last = this.#sticky.get(key)
    return last && this.#options.timers.now() - last.atMs <= timeoutMs ? last.address : undefined
  }

  /** Only the cluster's DNS answers, at the address of its Service. */
  #query(server: Endpoint, question: Question, answer: (answer: Answer) => void): Pending {
    const { timers, timing, dns = clusterDns } = this.#options
    const service = this.directory.byClusterIP(server.address)
    const isDns = service?.metadata.namespace === 'kube-system' && service.metadata.name === 'kube-dns'
    if (!isDns || server.port !== DNS_PORT) return { cancel: () => {} }
    return timers.at(timers.now() + draw(timing.dnsAnswerMs, this.#random), () =>
      answer(dns(question, this.directory)),
    )
  }
}
