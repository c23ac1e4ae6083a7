// What kube-proxy and CoreDNS know of Services and their endpoints: a copy of the store, a moment late.

import type { Timers } from '../../time/clock.ts'
import type { Random } from '../../time/random.ts'
import type { EndpointSlice } from '../kinds/endpoint-slice.ts'
import type { Service } from '../kinds/service/service.ts'
import type { KubeObject } from '../store/object.ts'
import { keyOf, refOf } from '../store/object.ts'
import type { Change, Store } from '../store/store.ts'
import type { Timing } from '../timing.ts'
import { draw } from '../timing.ts'

/** One way to reach a Pod (or whatever stands behind a Service). */
export interface ServiceEndpoint {
  readonly address: string
  readonly hostname: string | undefined
  readonly nodeName: string | undefined
  readonly isReady: boolean
  readonly isServing: boolean
  readonly isTerminating: boolean
  readonly ports: readonly EndpointPort[]
}

export interface EndpointPort {
  readonly name: string
  readonly protocol: string
  /** undefined stands for all ports. */
  readonly port: number | undefined
}

/** What can be asked about Services. */
export interface Directory {
  service(namespace: string, name: string): Service | undefined
  endpoints(service: Service): readonly ServiceEndpoint[]
  hasNamespace(name: string): boolean
  byClusterIP(address: string): Service | undefined
  byNodePort(port: number): Service | undefined
  /** The Services that have an endpoint of that address. */
  byEndpoint(address: string): readonly Service[]
}

export interface ServiceDirectoryOptions {
  readonly store: Store
  readonly timers: Timers
  readonly random: Random
  readonly timing: Pick<Timing, 'serviceUpdateMs'>
}

const SERVICES = 'services'
const SLICES = 'endpointslices.discovery.k8s.io'
const SERVICE_NAME = 'kubernetes.io/service-name'

/** Follows the store with the latency of a watch; a write is seen by proxies and DNS at the same instant. */
export class ServiceDirectory implements Directory {
  readonly #options: ServiceDirectoryOptions
  readonly #services = new Map<string, Service>()
  readonly #slices = new Map<string, Map<string, EndpointSlice>>()
  readonly #byClusterIP = new Map<string, Service>()
  readonly #byNodePort = new Map<number, Service>()
  readonly #byEndpoint = new Map<string, Map<string, number>>()
  #seenAtMs = 0

  constructor(options: ServiceDirectoryOptions) {
    this.#options = options
    const { store } = options
    for (const service of store.list(SERVICES)) this.#putService(service as Service)
    for (const slice of store.list(SLICES)) this.#putSlice(slice as EndpointSlice)
    store.subscribe(SERVICES, (change) => this.#later(() => this.#onService(change as Change<Service>)))
    store.subscribe(SLICES, (change) => this.#later(() => this.#onSlice(change as Change<EndpointSlice>)))
  }

  service(namespace: string, name: string): Service | undefined {
    return this.#services.get(keyOf({ namespace, name }))
  }

  endpoints(service: Service): readonly ServiceEndpoint[] {
    const slices = this.#slices.get(keyOf(refOf(service)))
    return [...(slices?.values() ?? [])].flatMap(endpointsOf)
  }

  hasNamespace(name: string): boolean {
    return this.#options.store.get('namespaces', { name }) !== undefined
  }

  byClusterIP(address: string): Service | undefined {
    return this.#byClusterIP.get(address)
  }

  byNodePort(port: number): Service | undefined {
    return this.#byNodePort.get(port)
  }

  byEndpoint(address: string): readonly Service[] {
    return [...(this.#byEndpoint.get(address)?.keys() ?? [])].flatMap((key) => this.#services.get(key) ?? [])
  }

  /** What was written first is seen first. */
  #later(apply: () => void): void {
    const { timers, random, timing } = this.#options
    this.#seenAtMs = Math.max(this.#seenAtMs, timers.now() + draw(timing.serviceUpdateMs, random))
    timers.at(this.#seenAtMs, apply)
  }

  #onService({ type, object, previous }: Change<Service>): void {
    if (previous) this.#dropService(previous)
    if (type !== 'DELETED') this.#putService(object)
  }

  #putService(service: Service): void {
    this.#services.set(keyOf(refOf(service)), service)
    for (const address of service.spec?.clusterIPs ?? []) {
      if (address !== 'None') this.#byClusterIP.set(address, service)
    }
    for (const { nodePort } of service.spec?.ports ?? [])
      if (nodePort) this.#byNodePort.set(nodePort, service)
  }

  #dropService(service: Service): void {
    this.#services.delete(keyOf(refOf(service)))
    for (const address of service.spec?.clusterIPs ?? []) this.#byClusterIP.delete(address)
    for (const { nodePort } of service.spec?.ports ?? []) if (nodePort) this.#byNodePort.delete(nodePort)
  }

  #onSlice({ type, object, previous }: Change<EndpointSlice>): void {
    if (previous) this.#countAddresses(previous, -1)
    const key = serviceKeyOf(object)
    if (type === 'DELETED') this.#slices.get(key)?.delete(object.metadata.name ?? '')
    else this.#putSlice(object)
  }

  #putSlice(slice: EndpointSlice): void {
    const key = serviceKeyOf(slice)
    const slices = this.#slices.get(key) ?? new Map<string, EndpointSlice>()
    slices.set(slice.metadata.name ?? '', slice)
    this.#slices.set(key, slices)
    this.#countAddresses(slice, 1)
  }

  #countAddresses(slice: EndpointSlice, step: 1 | -1): void {
    const key = serviceKeyOf(slice)
    for (const { addresses } of slice.endpoints ?? []) {
      for (const address of addresses) {
        const counts = this.#byEndpoint.get(address) ?? new Map<string, number>()
        const count = (counts.get(key) ?? 0) + step
        if (count > 0) counts.set(key, count)
        else counts.delete(key)
        this.#byEndpoint.set(address, counts)
      }
    }
  }
}

function serviceKeyOf({ metadata }: KubeObject): string {
  return keyOf({ namespace: metadata.namespace, name: metadata.labels?.[SERVICE_NAME] ?? '' })
}

/** An endpoint that says nothing about itself is ready and serves (discovery/v1 EndpointConditions). */
function endpointsOf({ endpoints, ports }: EndpointSlice): readonly ServiceEndpoint[] {
  const endpointPorts = (ports ?? []).map(({ name = '', protocol = 'TCP', port }) => ({
    name,
    protocol,
    port,
  }))
  return (endpoints ?? []).flatMap(({ addresses, conditions, hostname, nodeName }) =>
    addresses.map((address) => ({
      address,
      hostname,
      nodeName,
      isReady: conditions?.ready ?? true,
      isServing: conditions?.serving ?? conditions?.ready ?? true,
      isTerminating: conditions?.terminating ?? false,
      ports: endpointPorts,
    })),
  )
}
