// The cluster's DNS: what CoreDNS answers from Services, their endpoints and namespaces. A pure rule.

import type { Answer, Question, ResourceRecord } from '../../process/network.ts'
import type { Service } from '../kinds/service/service.ts'
import type { Directory, ServiceEndpoint } from './service-directory.ts'

/** The zone of the cluster (kubeadm's default). */
export const CLUSTER_DOMAIN = 'cluster.local'

/** Answers one question. Wrapped by who wants another DNS. */
export type DnsRule = (question: Question, directory: Directory) => Answer

/** kubeadm's Corefile: `ttl 30`, and no caching of the cluster's own zone. */
const TTL_SECONDS = 30
const MAX_CHAIN = 8

type Found = readonly ResourceRecord[] | 'no-such-name'

/**
 * Names of the cluster's zone and its reverse zones are answered with authority; the world outside does not exist.
 * Source: CoreDNS plugin/kubernetes, and the DNS specification of Kubernetes (kubernetes/dns/docs/specification.md).
 */
export const clusterDns: DnsRule = (question, directory) => {
  const name = question.name.toLowerCase()
  if (question.type === 'PTR') return reverse(name, directory)
  const path = pathInZone(name)
  if (!path) return { code: 'NXDOMAIN', isAuthoritative: false, records: [] }
  const found = lookUp(path, { ...question, name }, directory, 0)
  if (found === 'no-such-name') return { code: 'NXDOMAIN', isAuthoritative: true, records: [] }
  return { code: 'NOERROR', isAuthoritative: true, records: found }
}

/** The labels before the zone, the nearest to it first; undefined outside of the zone. */
function pathInZone(name: string): readonly string[] | undefined {
  if (name === CLUSTER_DOMAIN) return []
  if (!name.endsWith(`.${CLUSTER_DOMAIN}`)) return undefined
  return name
    .slice(0, -CLUSTER_DOMAIN.length - 1)
    .split('.')
    .toReversed()
}

function lookUp(path: readonly string[], question: Question, directory: Directory, depth: number): Found {
  const [kind, namespace, ...rest] = path
  if (kind === undefined) return []
  if (kind === 'dns' && namespace === 'ns' && rest.length === 0) return serverOf(question, directory)
  if (kind !== 'svc' && kind !== 'pod') return 'no-such-name'
  if (namespace === undefined) return []
  if (!directory.hasNamespace(namespace)) return 'no-such-name'
  const [name, ...parts] = rest
  if (name === undefined) return []
  if (kind === 'pod') return parts.length === 0 ? podRecords(name, question) : 'no-such-name'
  const service = directory.service(namespace, name)
  return service ? serviceRecords(service, parts, question, directory, depth) : 'no-such-name'
}

/** `ns.dns.cluster.local`: the server itself. */
function serverOf(question: Question, directory: Directory): Found {
  const address = directory.service('kube-system', 'kube-dns')?.spec?.clusterIP
  return address ? addressRecords([address], question) : []
}

/** `10-244-0-7.<namespace>.pod`: whatever address the name says (`pods insecure`). */
function podRecords(name: string, question: Question): Found {
  const address = /^\d+-\d+-\d+-\d+$/.test(name) ? name.replaceAll('-', '.') : undefined
  return address ? addressRecords([address], question) : 'no-such-name'
}

function serviceRecords(
  service: Service,
  parts: readonly string[],
  question: Question,
  directory: Directory,
  depth: number,
): Found {
  const spec = service.spec ?? {}
  if (spec.type === 'ExternalName')
    return parts.length === 0 ? alias(spec.externalName ?? '', question, directory, depth) : 'no-such-name'
  if (parts.length > 2) return 'no-such-name'
  const [protocolOrHost, portName] = parts
  if (portName !== undefined) return portRecords(service, portName, protocolOrHost ?? '', question, directory)
  const isHeadless = spec.clusterIP === 'None'
  if (protocolOrHost !== undefined) return hostRecords(service, protocolOrHost, question, directory)
  if (isHeadless) return endpointRecords(readyEndpoints(service, directory), service, question)
  return question.type === 'SRV'
    ? (spec.ports ?? []).flatMap(({ port }) => srvRecord(question.name, port, question.name))
    : addressRecords(spec.clusterIPs ?? [], question)
}

/** `<hostname>.<service>...`, or the address with dashes for an endpoint without a hostname. */
function hostRecords(service: Service, host: string, question: Question, directory: Directory): Found {
  const endpoints = readyEndpoints(service, directory).filter((endpoint) => hostnameOf(endpoint) === host)
  return endpoints.length > 0 ? endpointRecords(endpoints, service, question) : 'no-such-name'
}

/** `_http._tcp.<service>...` */
function portRecords(
  service: Service,
  portLabel: string,
  protocolLabel: string,
  question: Question,
  directory: Directory,
): Found {
  if (!portLabel.startsWith('_') || !protocolLabel.startsWith('_')) return 'no-such-name'
  const [name, protocol] = [portLabel.slice(1), protocolLabel.slice(1).toUpperCase()]
  const isAsked = (port: { readonly name?: string | undefined; readonly protocol?: string | undefined }) =>
    (port.name ?? '') === name && (port.protocol ?? 'TCP') === protocol
  if (service.spec?.clusterIP === 'None') {
    const endpoints = readyEndpoints(service, directory)
      .map((endpoint) => ({ ...endpoint, ports: endpoint.ports.filter(isAsked) }))
      .filter(({ ports }) => ports.length > 0)
    return endpoints.length > 0 ? endpointRecords(endpoints, service, question) : 'no-such-name'
  }
  const port = service.spec?.ports?.find(isAsked)
  if (!port) return 'no-such-name'
  if (question.type !== 'SRV') return addressRecords(service.spec?.clusterIPs ?? [], question)
  return srvRecord(question.name, port.port, nameOf(service))
}

function endpointRecords(endpoints: readonly ServiceEndpoint[], service: Service, question: Question): Found {
  if (question.type !== 'SRV')
    return addressRecords(
      endpoints.map(({ address }) => address),
      question,
    )
  return endpoints.flatMap((endpoint) =>
    endpoint.ports.flatMap(({ port = 0 }) =>
      srvRecord(question.name, port, `${hostnameOf(endpoint)}.${nameOf(service)}`),
    ),
  )
}

/** ExternalName: a CNAME, followed as far as the cluster's zone goes. */
function alias(target: string, question: Question, directory: Directory, depth: number): Found {
  const cname: ResourceRecord = { name: question.name, type: 'CNAME', ttlSeconds: TTL_SECONDS, data: target }
  const path = pathInZone(target.toLowerCase())
  if (question.type === 'CNAME' || !path || depth >= MAX_CHAIN) return [cname]
  const found = lookUp(path, { ...question, name: target }, directory, depth + 1)
  return found === 'no-such-name' ? [cname] : [cname, ...found]
}

function reverse(name: string, directory: Directory): Answer {
  const labels = name.split('.')
  const isIPv4 = labels.length === 6 && name.endsWith('.in-addr.arpa')
  const address = labels.slice(0, 4).toReversed().join('.')
  const records = isIPv4 ? namesOf(address, directory).map((data) => record(name, 'PTR', data)) : []
  return { code: records.length > 0 ? 'NOERROR' : 'NXDOMAIN', isAuthoritative: records.length > 0, records }
}

/** The names of an address: of the Service that has it, else of the headless Services that lead to it. */
function namesOf(address: string, directory: Directory): readonly string[] {
  const service = directory.byClusterIP(address)
  if (service) return [nameOf(service)]
  return directory.byEndpoint(address).flatMap((headless) => {
    if (headless.spec?.clusterIP !== 'None') return []
    const endpoint = directory.endpoints(headless).find((candidate) => candidate.address === address)
    return endpoint ? [`${hostnameOf(endpoint)}.${nameOf(headless)}`] : []
  })
}

function readyEndpoints(service: Service, directory: Directory): readonly ServiceEndpoint[] {
  return directory.endpoints(service).filter(({ isReady }) => isReady)
}

function hostnameOf({ hostname, address }: ServiceEndpoint): string {
  return hostname ?? address.replaceAll('.', '-')
}

function nameOf({ metadata }: Service): string {
  return `${metadata.name}.${metadata.namespace}.svc.${CLUSTER_DOMAIN}`
}

/** A name that exists and has no record of the asked type is no error. */
function addressRecords(addresses: readonly string[], { name, type }: Question): readonly ResourceRecord[] {
  const isAsked = (address: string) => (address.includes(':') ? type === 'AAAA' : type === 'A')
  return [...new Set(addresses)].filter(isAsked).map((address) => record(name, type, address))
}

function srvRecord(name: string, port: number, target: string): readonly ResourceRecord[] {
  return [record(name, 'SRV', `0 100 ${port} ${target}`)]
}

function record(name: string, type: Question['type'], data: string): ResourceRecord {
  return { name, type, ttlSeconds: TTL_SECONDS, data }
}
