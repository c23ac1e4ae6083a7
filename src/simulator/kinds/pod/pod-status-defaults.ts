// Fields of a Pod's status that are written out even when they are empty.

import type { V1ContainerStatus, V1PodCondition } from '@kubernetes/client-node'
import type { Json, PodStatus } from '../../../pod/json.ts'
import { fill, mapShared, replace } from '../defaulting.ts'

/** Go's plain fields without omitempty show their zero values. Source: staging/src/k8s.io/api/core/v1/types.go. */
export function podStatusDefaults(status: PodStatus): PodStatus {
  const statuses = (list: readonly Json<V1ContainerStatus>[] | undefined) =>
    list && mapShared(list, statusDefaults)
  // The single address and the first of the list are one: who writes one of them means both (conversion.go).
  const podIPs = status.podIPs ?? (status.podIP ? [{ ip: status.podIP }] : undefined)
  return replace(status, {
    podIP: status.podIP ?? podIPs?.[0]?.ip,
    podIPs,
    conditions: status.conditions && mapShared(status.conditions, conditionDefaults),
    containerStatuses: statuses(status.containerStatuses),
    initContainerStatuses: statuses(status.initContainerStatuses),
    ephemeralContainerStatuses: statuses(status.ephemeralContainerStatuses),
  })
}

function conditionDefaults(condition: Json<V1PodCondition>): Json<V1PodCondition> {
  if (condition.lastProbeTime !== undefined && condition.lastTransitionTime !== undefined) return condition
  // metav1.Time is null on the wire when it was never set; client-node's types do not say so.
  const never = null as unknown as string
  return {
    ...condition,
    lastProbeTime: condition.lastProbeTime ?? never,
    lastTransitionTime: condition.lastTransitionTime ?? never,
  }
}

function statusDefaults(status: Json<V1ContainerStatus>): Json<V1ContainerStatus> {
  return fill(status, { state: {}, lastState: {}, ready: false, restartCount: 0, image: '', imageID: '' })
}
