// Readiness between two syncs: probes and gates change it at once.

import type { Pod, PodStatus } from '../../pod/json.ts'
import type { Phase } from '../../pod/phase.ts'
import { containersReadyCondition, KUBELET_CONDITIONS, readyCondition } from './status/conditions.ts'
import { inApi } from './status/pod-status.ts'

/** The status with its conditions Ready and ContainersReady computed anew (status_manager.go:SetContainerReadiness). */
export function withReadiness(pod: Pod, status: PodStatus): PodStatus {
  const statuses = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]
  const input = { spec: pod.spec, statuses, phase: (status.phase ?? 'Pending') as Phase }
  const conditions = status.conditions ?? []
  const fresh = [readyCondition(input, conditions), containersReadyCondition(input)]
  const generation = pod.metadata?.generation
  return {
    ...status,
    conditions: conditions.map((condition) => {
      const state = fresh.find(({ type }) => type === condition.type)
      return state ? inApi(state, generation) : condition
    }),
  }
}

/** Whether a readiness gate has changed without the condition Ready (status/generate.go:NeedToReconcilePodReadiness). */
export function needsReadinessSync(pod: Pod): boolean {
  if (!pod.spec?.readinessGates?.length || !pod.status) return false
  const conditions = pod.status.conditions ?? []
  const statuses = [...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? [])]
  const phase = (pod.status.phase ?? 'Pending') as Phase
  const others = conditions.filter(({ type }) => !KUBELET_CONDITIONS.includes(type))
  const expected = readyCondition({ spec: pod.spec, statuses, phase }, others)
  const shown = conditions.find(({ type }) => type === 'Ready')
  return shown?.status !== expected.status || (shown.message ?? '') !== (expected.message ?? '')
}
