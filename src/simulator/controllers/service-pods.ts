// Which Pods stand behind a Service, and whether something about them has changed that its endpoints show.

import type { V1ServicePort } from '@kubernetes/client-node'
import { condition, isTrue } from '../../pod/conditions.ts'
import type { Json, Pod as AnyPod } from '../../pod/json.ts'
import { matchesLabels, selectorOfLabels } from '../../pod/label-selector.ts'
import { isDeleting, isTerminal } from '../../pod/phase.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import { pod as podKind } from '../kinds/pod/pod.ts'
import type { Service } from '../kinds/service/service.ts'
import { service as serviceKind } from '../kinds/service/service.ts'
import type { Registry } from '../store/registry.ts'
import type { Change } from '../store/store.ts'
import type { WorkQueue } from './work-queue.ts'

/** Puts a Service into the queue whenever it or one of its Pods changes in a way that endpoints show. */
export function followServicesAndPods(registry: Registry, queue: WorkQueue): void {
  registry.store.subscribe('services', ({ object }) => queue.addObject(object))
  registry.store.subscribe('pods', (change) => {
    const { object, previous } = change as Change<Pod>
    if (change.type === 'MODIFIED' && previous && looksTheSame(object, previous)) return
    for (const service of registry.list(serviceKind, object.metadata.namespace)) {
      if (isSelected(service, object) || (previous && isSelected(service, previous))) queue.addObject(service)
    }
  })
  for (const service of registry.list(serviceKind)) queue.addObject(service)
}

/** The Pods that have an address and have not ended, ordered by name. */
export function podsOf(registry: Registry, service: Service): readonly Pod[] {
  return registry
    .list(podKind, service.metadata.namespace)
    .filter((pod) => isSelected(service, pod) && !isTerminal(pod) && addressOf(pod) !== '')
}

export function addressOf(pod: AnyPod): string {
  return pod.status?.podIP ?? ''
}

export function isReady(pod: AnyPod): boolean {
  return isTrue(pod, 'Ready')
}

/** Whether other names lead to the Pod: it is called by a hostname under a subdomain that is the Service. */
export function hostnameIn(pod: AnyPod, service: Service): string | undefined {
  const { hostname, subdomain } = pod.spec ?? {}
  return hostname && subdomain === service.metadata.name ? hostname : undefined
}

/** The port of a Pod to which a port of a Service leads; undefined when the Pod has none of that name. */
export function targetPort(
  pod: AnyPod,
  { port, targetPort = port, protocol = 'TCP' }: Json<V1ServicePort>,
): number | undefined {
  if (typeof targetPort === 'number') return targetPort
  const sidecars = (pod.spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always')
  for (const { ports = [] } of [...(pod.spec?.containers ?? []), ...sidecars]) {
    const found = ports.find(({ name, protocol: own = 'TCP' }) => name === targetPort && own === protocol)
    if (found) return found.containerPort
  }
  return undefined
}

/** When the endpoints of a Service had reason to change: the Pods' turning ready or not (triggertimetracker.go). */
export class TriggerTimes {
  readonly #seen = new Map<string, { readonly service: string; readonly pods: ReadonlyMap<string, string> }>()

  /** The earliest instant that is new since the last call for the Service; undefined when none is. */
  next(key: string, service: Service, pods: readonly Pod[]): string | undefined {
    const before = this.#seen.get(key)
    const created = service.metadata.creationTimestamp ?? ''
    const times = new Map(
      pods.map((pod) => [pod.metadata.name ?? '', condition(pod, 'Ready')?.lastTransitionTime ?? '']),
    )
    this.#seen.set(key, { service: created, pods: times })
    const news = [...times].flatMap(([name, time]) => (time && time !== before?.pods.get(name) ? [time] : []))
    if (before?.service !== created) news.push(created)
    return news.toSorted()[0]
  }

  forget(key: string): void {
    this.#seen.delete(key)
  }
}

function isSelected(service: Service, pod: AnyPod): boolean {
  const selector = service.spec?.selector
  return selector !== undefined && matchesLabels(selectorOfLabels(selector), pod.metadata?.labels)
}

/** Source: endpointslice/util/controller_utils.go:podEndpointsChanged. */
function looksTheSame(pod: Pod, previous: Pod): boolean {
  return (
    isDeleting(pod) === isDeleting(previous) &&
    isReady(pod) === isReady(previous) &&
    isTerminal(pod) === isTerminal(previous) &&
    addressOf(pod) === addressOf(previous) &&
    pod.metadata.labels === previous.metadata.labels &&
    pod.spec === previous.spec
  )
}
