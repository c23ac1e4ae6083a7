// What a Service may look like, and what of it may change.

import type { V1ServicePort, V1ServiceSpec } from '@kubernetes/client-node'
import type { Json } from '../../../pod/json.ts'
import {
  dns1123LabelMistakes,
  dns1123SubdomainMistakes,
  labelValueMistakes,
  portNameMistakes,
  portNumberMistakes,
  qualifiedNameMistakes,
} from '../../../pod/names.ts'
import type { FieldError } from '../../store/field-error.ts'
import { duplicate, forbidden, invalid, notSupported, required } from '../../store/field-error.ts'
import type { Context } from '../../store/kind.ts'
import { ipMistakes } from '../ip.ts'
import { NODE_PORTS, isAddressTaken, isNodePortTaken, nodePortKey } from './service-allocation.ts'
import { isExternal } from './service-defaults.ts'
import type { Service } from './service.ts'

type Spec = Json<V1ServiceSpec>
type Port = Json<V1ServicePort>

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']
const PROTOCOLS = ['SCTP', 'TCP', 'UDP']
const AFFINITIES = ['ClientIP', 'None']
const POLICIES = ['Cluster', 'Local']
const MAX_AFFINITY_SECONDS = 86_400

/** Source: pkg/apis/core/validation/validation.go:ValidateService, and the allocators' refusals. */
export function serviceMistakes(service: Service, context: Context): readonly FieldError[] {
  const spec = service.spec ?? {}
  return [
    ...portsMistakes(spec),
    ...typeMistakes(spec),
    ...affinityMistakes(spec),
    ...selectorMistakes(spec),
    ...addressMistakes(spec),
    ...policyMistakes(spec),
    ...allocationMistakes(service, context),
  ]
}

/** Source: the same file:ValidateServiceUpdate. */
export function serviceUpdateMistakes(
  service: Service,
  old: Service,
  context: Context,
): readonly FieldError[] {
  const before = old.spec?.clusterIP
  const after = service.spec?.clusterIP
  const isKept =
    before === undefined || before === '' || after === before || service.spec?.type === 'ExternalName'
  const change = isKept
    ? []
    : [invalid('spec.clusterIPs[0]', service.spec?.clusterIPs ?? null, 'may not change once set')]
  return [...change, ...serviceMistakes(service, context)]
}

function portsMistakes(spec: Spec): readonly FieldError[] {
  const ports = spec.ports ?? []
  const isHeadless = spec.clusterIP === 'None'
  if (ports.length === 0 && !isHeadless && spec.type !== 'ExternalName') return [required('spec.ports')]
  const names = new Set<string>()
  const places = new Set<string>()
  return ports.flatMap((port, index) => {
    const at = `spec.ports[${index}]`
    return [
      ...portNameMistakesOf(port, at, ports.length > 1, names),
      ...portMistakes(port, at),
      ...nodePortMistakes(spec, port, at),
      ...repeated(places, `${port.protocol}/${port.port}`, () =>
        duplicate(at, { port: port.port, protocol: port.protocol }),
      ),
    ]
  })
}

function portNameMistakesOf(
  port: Port,
  at: string,
  isNeeded: boolean,
  names: Set<string>,
): readonly FieldError[] {
  const { name } = port
  if (!name) return isNeeded ? [required(`${at}.name`)] : []
  return [
    ...dns1123LabelMistakes(name).map((detail) => invalid(`${at}.name`, name, detail)),
    ...repeated(names, name, () => duplicate(`${at}.name`, name)),
  ]
}

function portMistakes({ port, protocol = '', targetPort }: Port, at: string): readonly FieldError[] {
  const target =
    typeof targetPort === 'string' ? portNameMistakes(targetPort) : portNumberMistakes(targetPort ?? 0)
  return [
    ...portNumberMistakes(port).map((detail) => invalid(`${at}.port`, port, detail)),
    ...(PROTOCOLS.includes(protocol) ? [] : [notSupported(`${at}.protocol`, protocol, PROTOCOLS)]),
    ...target.map((detail) => invalid(`${at}.targetPort`, targetPort ?? 0, detail)),
  ]
}

function nodePortMistakes(spec: Spec, { nodePort }: Port, at: string): readonly FieldError[] {
  if (!nodePort || isExternal(spec)) return []
  return [forbidden(`${at}.nodePort`, `may not be used when \`type\` is '${spec.type}'`)]
}

function typeMistakes(spec: Spec): readonly FieldError[] {
  const { type = '', externalName = '', clusterIP } = spec
  if (!TYPES.includes(type)) return [notSupported('spec.type', type, TYPES)]
  if (type === 'ExternalName') {
    const address = clusterIP
      ? [forbidden('spec.clusterIPs', "may not be set when type is 'ExternalName'")]
      : []
    const name = externalName.replace(/\.$/, '')
    if (name === '') return [...address, required('spec.externalName')]
    return [
      ...address,
      ...dns1123SubdomainMistakes(name).map((detail) => invalid('spec.externalName', name, detail)),
    ]
  }
  if (clusterIP === 'None' && isExternal(spec))
    return [invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${type} services`)]
  return []
}

function affinityMistakes({ sessionAffinity = '', sessionAffinityConfig }: Spec): readonly FieldError[] {
  if (!AFFINITIES.includes(sessionAffinity))
    return [notSupported('spec.sessionAffinity', sessionAffinity, AFFINITIES)]
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds
  const path = 'spec.sessionAffinityConfig'
  if (sessionAffinity === 'None')
    return sessionAffinityConfig ? [forbidden(path, 'must not be set when session affinity is None')] : []
  if (seconds !== undefined && seconds > 0 && seconds <= MAX_AFFINITY_SECONDS) return []
  const detail = `must be greater than 0 and less than ${MAX_AFFINITY_SECONDS}`
  return [invalid(`${path}.clientIP.timeoutSeconds`, seconds ?? 0, detail)]
}

function selectorMistakes({ selector = {} }: Spec): readonly FieldError[] {
  return Object.entries(selector).flatMap(([key, value]) => [
    ...qualifiedNameMistakes(key).map((detail) => invalid('spec.selector', key, detail)),
    ...labelValueMistakes(value).map((detail) => invalid('spec.selector', value, detail)),
  ])
}

function addressMistakes({
  clusterIPs = [],
  externalIPs = [],
  ipFamilies = [],
}: Spec): readonly FieldError[] {
  const families = ipFamilies.flatMap((family, i) =>
    ['IPv4', 'IPv6'].includes(family)
      ? []
      : [notSupported(`spec.ipFamilies[${i}]`, family, ['IPv4', 'IPv6'])],
  )
  return [
    ...families,
    ...clusterIPs.flatMap((ip, i) => (ip === 'None' ? [] : ipMistakes(ip, `spec.clusterIPs[${i}]`))),
    ...externalIPs.flatMap((ip, i) => ipMistakes(ip, `spec.externalIPs[${i}]`)),
  ]
}

function policyMistakes(spec: Spec): readonly FieldError[] {
  const { externalTrafficPolicy: external, internalTrafficPolicy: internal } = spec
  const isKnown = (policy: string | undefined) => policy === undefined || POLICIES.includes(policy)
  const outside = isKnown(external)
    ? external && !isExternal(spec)
      ? [
          invalid(
            'spec.externalTrafficPolicy',
            external,
            'may only be set for externally-accessible services',
          ),
        ]
      : []
    : [notSupported('spec.externalTrafficPolicy', external, POLICIES)]
  return [
    ...outside,
    ...(isKnown(internal) ? [] : [notSupported('spec.internalTrafficPolicy', internal, POLICIES)]),
  ]
}

/** What the allocators would refuse. Source: pkg/registry/core/service/storage/alloc.go. */
function allocationMistakes(service: Service, { store }: Context): readonly FieldError[] {
  const { clusterIPs = [], ports = [] } = service.spec ?? {}
  const addresses = clusterIPs
    .filter((ip) => ip !== 'None' && isAddressTaken(store, ip, service))
    .map((ip) =>
      invalid('spec.clusterIPs', clusterIPs, `failed to allocate IP ${ip}: provided IP is already allocated`),
    )
  return [...addresses, ...ports.flatMap((port, i) => nodePortAllocationMistakes(service, port, store, i))]
}

function nodePortAllocationMistakes(
  service: Service,
  port: Port,
  store: Context['store'],
  index: number,
): readonly FieldError[] {
  const { nodePort } = port
  if (!nodePort || !isExternal(service.spec ?? {})) return []
  const at = `spec.ports[${index}].nodePort`
  if (nodePort < NODE_PORTS.first || nodePort > NODE_PORTS.last) {
    const range = `${NODE_PORTS.first}-${NODE_PORTS.last}`
    return [
      invalid(at, nodePort, `provided port is not in the valid range. The range of valid ports is ${range}`),
    ]
  }
  const isTaken = isNodePortTaken(store, nodePortKey(port), service)
  return isTaken ? [invalid(at, nodePort, 'provided port is already allocated')] : []
}

function repeated(seen: Set<string>, key: string, mistake: () => FieldError): readonly FieldError[] {
  if (seen.has(key)) return [mistake()]
  seen.add(key)
  return []
}
