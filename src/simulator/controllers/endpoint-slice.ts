// The EndpointSlice controller: where a Service leads, with what is ready, what still serves and what is on its way out.

import type { DiscoveryV1EndpointPort, V1Endpoint } from '@kubernetes/client-node'
import type { Json } from '../../pod/json.ts'
import { isDeleting } from '../../pod/phase.ts'
import type { EndpointSlice } from '../kinds/endpoint-slice.ts'
import { endpointSlice as sliceKind } from '../kinds/endpoint-slice.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import type { Service } from '../kinds/service/service.ts'
import { service as serviceKind } from '../kinds/service/service.ts'
import { isEqual } from '../store/equality.ts'
import { refOf } from '../store/object.ts'
import type { Controller } from './controller.ts'
import { HEADLESS, TRIGGER_TIME } from './endpoints.ts'
import {
  addressOf,
  followServicesAndPods,
  hostnameIn,
  isReady,
  podsOf,
  targetPort,
  TriggerTimes,
} from './service-pods.ts'
import { refOfKey, WorkQueue } from './work-queue.ts'

type Port = Json<DiscoveryV1EndpointPort>
type Endpoint = Json<V1Endpoint>

const SERVICE_NAME = 'kubernetes.io/service-name'
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by'
const MANAGER = 'endpointslice-controller.k8s.io'
const MAX_ENDPOINTS = 100

/** Endpoints that have the same ports, and the slices that hold them. */
interface Group {
  readonly ports: readonly Port[]
  readonly endpoints: Map<string, Endpoint>
  readonly slices: EndpointSlice[]
}

/** Source: pkg/controller/endpointslice/endpointslice_controller.go, k8s.io/endpointslice/reconciler.go. */
export const endpointSliceController: Controller = (context) => {
  const { registry } = context
  const queue = new WorkQueue({ ...context, random: context.random.fork('endpointslice'), reconcile })
  const triggers = new TriggerTimes()
  registry.store.index('endpointslices.discovery.k8s.io', 'service', ({ metadata }) => [
    `${metadata.namespace}/${metadata.labels?.[SERVICE_NAME]}`,
  ])
  followServicesAndPods(registry, queue)

  function reconcile(key: string): void {
    const service = registry.find(serviceKind, refOfKey(key))
    const slices = slicesOf(key)
    if (!service) {
      triggers.forget(key)
      for (const slice of slices) registry.delete(sliceKind, refOf(slice))
      return
    }
    if (!service.spec?.selector || service.spec.type === 'ExternalName') return
    const pods = podsOf(registry, service)
    const trigger = triggers.next(key, service, pods)
    const groups = grouped(service, pods, slices)
    for (const group of groups) placeGroup(service, group, trigger)
  }

  function slicesOf(key: string): readonly EndpointSlice[] {
    const slices = registry.store.by(
      'endpointslices.discovery.k8s.io',
      'service',
      key,
    ) as readonly EndpointSlice[]
    return slices
      .filter(({ metadata }) => metadata.labels?.[MANAGED_BY] === MANAGER && !metadata.deletionTimestamp)
      .toSorted((a, b) => (a.metadata.name ?? '').localeCompare(b.metadata.name ?? ''))
  }

  /** Endpoints stay in the slice they are in; new ones fill what room there is, then slices of their own. */
  function placeGroup(
    service: Service,
    { ports, endpoints, slices }: Group,
    trigger: string | undefined,
  ): void {
    const left = new Map(endpoints)
    const filled = slices.map((slice) => {
      const kept = (slice.endpoints ?? []).flatMap((endpoint) => {
        const current = left.get(idOf(endpoint))
        if (current) left.delete(idOf(endpoint))
        return current ?? []
      })
      return { slice, list: kept }
    })
    for (const { list } of filled) {
      for (const [id, endpoint] of left) {
        if (list.length >= MAX_ENDPOINTS) break
        list.push(endpoint)
        left.delete(id)
      }
    }
    for (const { slice, list } of filled) write(service, slice, ports, list, trigger)
    const rest = [...left.values()]
    for (let i = 0; i < rest.length; i += MAX_ENDPOINTS) {
      write(service, undefined, ports, rest.slice(i, i + MAX_ENDPOINTS), trigger)
    }
    if (slices.length === 0 && endpoints.size === 0) write(service, undefined, ports, [], trigger)
  }

  function write(
    service: Service,
    slice: EndpointSlice | undefined,
    ports: readonly Port[],
    endpoints: readonly Endpoint[],
    trigger: string | undefined,
  ): void {
    const wished = sliceOf(service, slice, ports, endpoints, trigger)
    if (!slice) registry.create(sliceKind, wished)
    else if (!isSame(slice, wished)) registry.update(sliceKind, wished)
  }

  /** Slices without endpoints are taken for whatever group needs one; those that nobody needs go, but the last. */
  function grouped(
    service: Service,
    pods: readonly Pod[],
    slices: readonly EndpointSlice[],
  ): readonly Group[] {
    const groups = new Map<string, Group>()
    for (const pod of pods) {
      const ports = portsOf(service, pod)
      const key = JSON.stringify(ports)
      const group: Group = groups.get(key) ?? { ports, endpoints: new Map(), slices: [] }
      const endpoint = endpointOf(service, pod)
      group.endpoints.set(idOf(endpoint), endpoint)
      groups.set(key, group)
    }
    const free = slices.filter((slice) => {
      const group = groups.get(JSON.stringify(portsIn(slice)))
      group?.slices.push(slice)
      return !group
    })
    for (const group of groups.values()) {
      const spare = group.slices.length === 0 ? free.shift() : undefined
      if (spare) group.slices.push(spare)
    }
    const placeholder = groups.size === 0 ? free.shift() : undefined
    for (const slice of free) registry.delete(sliceKind, refOf(slice))
    if (groups.size > 0) return [...groups.values()]
    return [{ ports: [], endpoints: new Map(), slices: placeholder ? [placeholder] : [] }]
  }
}

function sliceOf(
  service: Service,
  slice: EndpointSlice | undefined,
  ports: readonly Port[],
  endpoints: readonly Endpoint[],
  trigger: string | undefined,
): EndpointSlice {
  const { name = '', namespace, uid = '', labels } = service.metadata
  const { annotations: before, ...known } = slice?.metadata ?? {}
  const { [TRIGGER_TIME]: _, ...others } = before ?? {}
  const annotations = { ...others, ...(trigger && { [TRIGGER_TIME]: trigger }) }
  const owner = { apiVersion: 'v1', kind: 'Service', name, uid, controller: true, blockOwnerDeletion: true }
  const metadata = {
    ...known,
    ...(!slice && { generateName: `${name}-`, ...(namespace && { namespace }), ownerReferences: [owner] }),
    labels: {
      ...labels,
      [MANAGED_BY]: MANAGER,
      [SERVICE_NAME]: name,
      ...(service.spec?.clusterIP === 'None' && { [HEADLESS]: '' }),
    },
    ...(Object.keys(annotations).length > 0 && { annotations }),
  }
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata,
    addressType: 'IPv4',
    endpoints,
    ports,
  }
}

/** The annotation alone is no reason to write. */
function isSame(slice: EndpointSlice, wished: EndpointSlice): boolean {
  return (
    isEqual(slice.endpoints ?? [], wished.endpoints ?? []) &&
    isEqual(portsIn(slice), wished.ports ?? []) &&
    isEqual(slice.metadata.labels, wished.metadata.labels)
  )
}

function portsIn({ ports }: EndpointSlice): readonly Port[] {
  return ports ?? []
}

function portsOf(service: Service, pod: Pod): readonly Port[] {
  return (service.spec?.ports ?? []).flatMap((servicePort): Port[] => {
    const port = targetPort(pod, servicePort)
    if (port === undefined) return []
    const { name = '', protocol = 'TCP', appProtocol } = servicePort
    return [{ name, protocol, port, ...(appProtocol && { appProtocol }) }]
  })
}

/** Source: k8s.io/endpointslice/utils.go:podToEndpoint. */
function endpointOf(service: Service, pod: Pod): Endpoint {
  const serving = isReady(pod)
  const terminating = isDeleting(pod)
  const ready = service.spec?.publishNotReadyAddresses === true || (serving && !terminating)
  const hostname = hostnameIn(pod, service)
  const { namespace, name, uid } = pod.metadata
  return {
    addresses: [addressOf(pod)],
    conditions: { ready, serving, terminating },
    ...(hostname && { hostname }),
    targetRef: { kind: 'Pod', ...(namespace && { namespace }), ...(name && { name }), ...(uid && { uid }) },
    ...(pod.spec?.nodeName && { nodeName: pod.spec.nodeName }),
  }
}

function idOf({ targetRef, addresses }: Endpoint): string {
  return targetRef?.uid ?? addresses.join()
}
