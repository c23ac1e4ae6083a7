// Where a connection to a Service goes: the rules that kube-proxy writes on every node.

import type { Json } from '../../pod/json.ts'
import type { Random } from '../../time/random.ts'
import type { Service } from '../kinds/service/service.ts'
import type { Directory, ServiceEndpoint } from './service-directory.ts'
import type { V1ServicePort } from '@kubernetes/client-node'

export type ServicePort = Json<V1ServicePort>

/** What becomes of a connection to a Service. */
export type Route =
  | { readonly kind: 'endpoint'; readonly address: string; readonly port: number }
  /** Nobody is behind the port: the node refuses (REJECT). */
  | { readonly kind: 'refused' }
  /** The Service has no such port: the packet goes nowhere. */
  | { readonly kind: 'lost' }

export interface RouteRequest {
  readonly service: Service
  readonly servicePort: ServicePort | undefined
  readonly directory: Directory
  /** The node on which the connection is made. */
  readonly nodeName: string
  readonly random: Random
  /** Where the client's last connection to this Service went, if it is to stay there. */
  readonly stickyAddress?: string | undefined
}

/**
 * New connections go to ready endpoints; if there is none, to those that are terminating and still serve
 * (pkg/proxy/topology.go:CategorizeEndpoints).
 */
export function routeToService(request: RouteRequest): Route {
  const { service, servicePort, directory, nodeName, random, stickyAddress } = request
  if (!servicePort) return { kind: 'lost' }
  const isLocal = service.spec?.internalTrafficPolicy === 'Local'
  const targets = directory.endpoints(service).flatMap((endpoint) => {
    const port = portOf(endpoint, servicePort)
    if (port === undefined || (isLocal && endpoint.nodeName !== nodeName)) return []
    return [{ endpoint, port }]
  })
  const ready = targets.filter(({ endpoint }) => endpoint.isReady)
  const usable =
    ready.length > 0 ? ready : targets.filter(({ endpoint }) => endpoint.isServing && endpoint.isTerminating)
  if (usable.length === 0) return { kind: 'refused' }
  const { endpoint, port } =
    usable.find(({ endpoint: { address } }) => address === stickyAddress) ?? random.pick(usable)
  return { kind: 'endpoint', address: endpoint.address, port }
}

/** The port of a Service, by its number. */
export function tcpPort(service: Service, port: number): ServicePort | undefined {
  return service.spec?.ports?.find(
    (candidate) => candidate.port === port && (candidate.protocol ?? 'TCP') === 'TCP',
  )
}

function portOf(
  { ports }: ServiceEndpoint,
  { name = '', protocol = 'TCP' }: ServicePort,
): number | undefined {
  return ports.find((port) => port.name === name && port.protocol === protocol)?.port
}
