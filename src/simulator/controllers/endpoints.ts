// The endpoints controller: the older list of where a Service leads, with those that are not ready apart.

import type { CoreV1EndpointPort, V1EndpointAddress, V1EndpointSubset } from '@kubernetes/client-node'
import type { Json } from '../../pod/json.ts'
import { isDeleting } from '../../pod/phase.ts'
import type { Endpoints } from '../kinds/endpoints.ts'
import { endpoints as endpointsKind } from '../kinds/endpoints.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import type { Service } from '../kinds/service/service.ts'
import { service as serviceKind } from '../kinds/service/service.ts'
import { isEqual } from '../store/equality.ts'
import type { Controller } from './controller.ts'
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

type Subset = Json<V1EndpointSubset>
type Port = Json<CoreV1EndpointPort>
type Address = Json<V1EndpointAddress>

export const TRIGGER_TIME = 'endpoints.kubernetes.io/last-change-trigger-time'
export const HEADLESS = 'service.kubernetes.io/headless'
const MANAGED_BY = { 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' }

/** Source: pkg/controller/endpoint/endpoints_controller.go. */
export const endpointsController: Controller = (context) => {
  const { registry } = context
  const queue = new WorkQueue({ ...context, random: context.random.fork('endpoints'), reconcile })
  const triggers = new TriggerTimes()
  followServicesAndPods(registry, queue)
  registry.store.subscribe('endpoints', ({ type, object }) => {
    if (type === 'DELETED') queue.addObject(object)
  })

  function reconcile(key: string): void {
    const ref = refOfKey(key)
    const service = registry.find(serviceKind, ref)
    const known = registry.find(endpointsKind, ref)
    if (!service) {
      triggers.forget(key)
      if (known?.metadata.labels?.['endpoints.kubernetes.io/managed-by']) registry.delete(endpointsKind, ref)
      return
    }
    if (!service.spec?.selector || service.spec.type === 'ExternalName') return
    const pods = podsOf(registry, service)
    const subsets = subsetsOf(service, pods)
    const trigger = triggers.next(key, service, pods)
    const wished = endpointsOf(service, subsets, trigger, known)
    if (!known) registry.create(endpointsKind, wished)
    else if (
      !isEqual(known.subsets ?? [], subsets) ||
      !isEqual(known.metadata.labels, wished.metadata.labels)
    ) {
      registry.update(endpointsKind, wished)
    }
  }
}

function endpointsOf(
  service: Service,
  subsets: readonly Subset[],
  trigger: string | undefined,
  known: Endpoints | undefined,
): Endpoints {
  const { name, namespace, labels } = service.metadata
  const { [TRIGGER_TIME]: _, ...others } = known?.metadata.annotations ?? {}
  const annotations = { ...others, ...(trigger && { [TRIGGER_TIME]: trigger }) }
  const { annotations: _old, ...metadata } = known?.metadata ?? {}
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      ...metadata,
      ...(name && { name }),
      ...(namespace && { namespace }),
      labels: { ...labels, ...MANAGED_BY, ...(service.spec?.clusterIP === 'None' && { [HEADLESS]: '' }) },
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    ...(subsets.length > 0 && { subsets }),
  }
}

/** Addresses with the same ports stand together (k8s.io/endpointslice and api/v1/endpoints/util.go:RepackSubsets). */
function subsetsOf(service: Service, pods: readonly Pod[]): readonly Subset[] {
  const groups = new Map<string, { readonly ports: readonly Port[]; ready: Address[]; notReady: Address[] }>()
  const publishesAll = service.spec?.publishNotReadyAddresses === true
  for (const pod of pods) {
    // A Pod on its way out is no endpoint any more, however ready it is.
    if (isDeleting(pod) && !publishesAll) continue
    for (const ports of portsOf(service, pod)) {
      const key = JSON.stringify(ports)
      const group = groups.get(key) ?? { ports, ready: [], notReady: [] }
      const isUsable = publishesAll || isReady(pod)
      ;(isUsable ? group.ready : group.notReady).push(endpointAddress(service, pod))
      groups.set(key, group)
    }
  }
  return [...groups.values()].map(({ ports, ready, notReady }) => ({
    ...(ready.length > 0 && { addresses: sorted(ready) }),
    ...(notReady.length > 0 && { notReadyAddresses: sorted(notReady) }),
    ...(ports.length > 0 && { ports }),
  }))
}

/** The port lists under which a Pod stands: one with all its ports; none when it has none of those asked for. */
function portsOf(service: Service, pod: Pod): readonly (readonly Port[])[] {
  const servicePorts = service.spec?.ports ?? []
  if (servicePorts.length === 0) return service.spec?.clusterIP === 'None' ? [[]] : []
  const ports = servicePorts.flatMap((servicePort): Port[] => {
    const port = targetPort(pod, servicePort)
    const { name, protocol = 'TCP' } = servicePort
    return port === undefined ? [] : [{ ...(name && { name }), port, protocol }]
  })
  return ports.length > 0 ? [ports] : []
}

function endpointAddress(service: Service, pod: Pod): Address {
  const hostname = hostnameIn(pod, service)
  const { namespace, name, uid } = pod.metadata
  return {
    ip: addressOf(pod),
    ...(hostname && { hostname }),
    ...(pod.spec?.nodeName && { nodeName: pod.spec.nodeName }),
    targetRef: { kind: 'Pod', ...(namespace && { namespace }), ...(name && { name }), ...(uid && { uid }) },
  }
}

function sorted(addresses: readonly Address[]): readonly Address[] {
  const key = ({ ip }: Address) =>
    ip
      .split('.')
      .map((part) => part.padStart(3, '0'))
      .join('.')
  return addresses.toSorted((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b))))
}
