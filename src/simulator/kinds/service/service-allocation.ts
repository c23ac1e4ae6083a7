// Addresses and node ports for Services: each is used once in the cluster.

import type { V1ServicePort, V1ServiceSpec } from '@kubernetes/client-node'
import type { Json } from '../../../pod/json.ts'
import type { Random } from '../../../time/random.ts'
import { internalFailure } from '../../store/api-error.ts'
import type { Context } from '../../store/kind.ts'
import type { KubeObject } from '../../store/object.ts'
import type { Store } from '../../store/store.ts'
import { without } from '../defaulting.ts'
import { isExternal } from './service-defaults.ts'
import type { Service } from './service.ts'

type Spec = Json<V1ServiceSpec>

/** 10.96.0.0/16; the first 256 addresses are left to those that are asked for by number, as on a real server. */
const NETWORK = '10.96'
const FIRST_DYNAMIC_ADDRESS = 257
const LAST_ADDRESS = 65_534
/** The ports that Services may open on nodes; the first 86 are left to those that are asked for. */
export const NODE_PORTS = { first: 30_000, last: 32_767 } as const
const FIRST_DYNAMIC_NODE_PORT = 30_086

const BY_ADDRESS = 'clusterIP'
const BY_NODE_PORT = 'nodePort'

/** The Service with an address and node ports of its own. Source: pkg/registry/core/service/storage/alloc.go. */
export function allocated(service: Service, context: Context): Service {
  const spec = service.spec ?? {}
  if (spec.type === 'ExternalName') return service
  prepareIndexes(context.store)
  return { ...service, spec: withNodePorts(withAddress(spec, context), context) }
}

/** An update keeps what was allocated, and gets what its new type needs. */
export function reallocated(service: Service, old: Service, context: Context): Service {
  const kept = { ...service, ...(old.status && { status: old.status }) }
  const oldSpec = old.spec ?? {}
  const spec = withoutOldType(service.spec ?? {}, oldSpec)
  if (spec.type === 'ExternalName') return { ...kept, spec: withoutAllocations(spec) }
  const patched: Spec = {
    ...spec,
    ...(!spec.clusterIP && oldSpec.clusterIP && { clusterIP: oldSpec.clusterIP }),
    ...(!spec.clusterIPs?.length && oldSpec.clusterIPs && { clusterIPs: oldSpec.clusterIPs }),
    ...(!spec.ipFamilies && oldSpec.ipFamilies && { ipFamilies: oldSpec.ipFamilies }),
    ...(!spec.ipFamilyPolicy && oldSpec.ipFamilyPolicy && { ipFamilyPolicy: oldSpec.ipFamilyPolicy }),
    ...(spec.ports && { ports: keptNodePorts(spec, oldSpec) }),
  }
  return allocated({ ...kept, spec: patched }, context)
}

/** Whether another Service than `own` has the address. */
export function isAddressTaken(store: Store, address: string, own: KubeObject): boolean {
  prepareIndexes(store)
  return store.by('services', BY_ADDRESS, address).some(({ metadata }) => metadata.uid !== own.metadata.uid)
}

/** Whether another Service than `own` has the node port. */
export function isNodePortTaken(store: Store, port: string, own: KubeObject): boolean {
  prepareIndexes(store)
  return store.by('services', BY_NODE_PORT, port).some(({ metadata }) => metadata.uid !== own.metadata.uid)
}

function prepareIndexes(store: Store): void {
  store.index('services', BY_ADDRESS, (object) => (object as Service).spec?.clusterIPs ?? [])
  store.index('services', BY_NODE_PORT, (object) =>
    ((object as Service).spec?.ports ?? []).flatMap((port) => (port.nodePort ? [nodePortKey(port)] : [])),
  )
}

/** The key under which a node port is kept: one number serves each protocol once. */
export function nodePortKey({ nodePort, protocol = 'TCP' }: Json<V1ServicePort>): string {
  return `${protocol}/${nodePort}`
}

function withAddress(spec: Spec, { store, random }: Context): Spec {
  const asked = spec.clusterIP || spec.clusterIPs?.[0]
  const address = asked || freeAddress(store, random)
  return {
    ...spec,
    clusterIP: address,
    clusterIPs: spec.clusterIPs?.length ? spec.clusterIPs : [address],
    ipFamilies: spec.ipFamilies ?? ['IPv4'],
    ipFamilyPolicy: spec.ipFamilyPolicy ?? 'SingleStack',
  }
}

function freeAddress(store: Store, random: Random): string {
  for (let tries = 0; tries < LAST_ADDRESS; tries++) {
    const number = random.between(FIRST_DYNAMIC_ADDRESS, LAST_ADDRESS)
    const address = `${NETWORK}.${number >> 8}.${number & 255}`
    if (store.by('services', BY_ADDRESS, address).length === 0) return address
  }
  throw internalFailure('failed to allocate a serviceIP: range is full')
}

function withNodePorts(spec: Spec, context: Context): Spec {
  if (!isExternal(spec) || spec.allocateLoadBalancerNodePorts === false || !spec.ports) return spec
  const taken = new Set(spec.ports.filter((port) => port.nodePort).map(nodePortKey))
  const ports = spec.ports.map((port) => {
    if (port.nodePort) return port
    const given = { ...port, nodePort: freeNodePort(port, taken, context) }
    taken.add(nodePortKey(given))
    return given
  })
  return { ...spec, ports }
}

function freeNodePort(
  port: Json<V1ServicePort>,
  taken: ReadonlySet<string>,
  { store, random }: Context,
): number {
  for (let tries = 0; tries < NODE_PORTS.last; tries++) {
    const nodePort = random.between(FIRST_DYNAMIC_NODE_PORT, NODE_PORTS.last)
    const key = nodePortKey({ ...port, nodePort })
    if (!taken.has(key) && store.by('services', BY_NODE_PORT, key).length === 0) return nodePort
  }
  throw internalFailure('failed to allocate a nodePort: range is full')
}

/** A port that is sent without its node port keeps it, if the type still has them (alloc.go:patchAllocatedValues). */
function keptNodePorts(spec: Spec, old: Spec): readonly Json<V1ServicePort>[] {
  const ports = spec.ports ?? []
  if (!isExternal(spec)) return ports.map((port) => (isExternal(old) ? withoutNodePort(port, old) : port))
  return ports.map((port) => {
    if (port.nodePort) return port
    const before = old.ports?.find((other) => other.port === port.port && other.protocol === port.protocol)
    return before?.nodePort ? { ...port, nodePort: before.nodePort } : port
  })
}

/** A node port that was allocated goes with the type; one that is new is a mistake, for validation to find. */
function withoutNodePort(port: Json<V1ServicePort>, old: Spec): Json<V1ServicePort> {
  const isOld = old.ports?.some((other) => other.nodePort === port.nodePort)
  return isOld ? (without(port, 'nodePort') as Json<V1ServicePort>) : port
}

/**
 * What only the old type had goes with it, unless it was changed: then it is a mistake, for validation to find.
 * Source: pkg/registry/core/service/strategy.go:dropTypeDependentFields.
 */
function withoutOldType(spec: Spec, old: Spec): Spec {
  const isLeft = (field: keyof Spec) => spec[field] !== undefined && spec[field] === old[field]
  const external = isExternal(spec) ? [] : (['externalTrafficPolicy', 'healthCheckNodePort'] as const)
  const balanced =
    spec.type === 'LoadBalancer' ? [] : (['allocateLoadBalancerNodePorts', 'loadBalancerClass'] as const)
  const left = [...external, ...balanced].filter(isLeft)
  return left.length === 0 ? spec : (without(spec, ...left) as Spec)
}

function withoutAllocations(spec: Spec): Spec {
  const rest = without(spec, 'clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy') as Spec
  const ports = rest.ports?.map((port) => without(port, 'nodePort') as Json<V1ServicePort>)
  return ports ? { ...rest, ports } : rest
}
