// Setting a condition in the status of a Pod.

import type { PodStatus } from './json.ts'

/** A condition before it gets its times. */
export interface PodConditionState {
  readonly type: string
  readonly status: 'False' | 'True' | 'Unknown'
  readonly reason?: string
  readonly message?: string
}

export interface ConditionWriter {
  readonly atMs: number
  /** metadata.generation of the Pod that the writer has seen. */
  readonly observedGeneration?: number | undefined
}

/**
 * The status with that condition in its old place, or last. Its transition time changes with its status only; nothing
 * changes when it says the same already. Source: pkg/api/v1/pod/util.go:UpdatePodCondition.
 */
export function withPodCondition(
  status: PodStatus,
  { type, status: value, reason, message }: PodConditionState,
  { atMs, observedGeneration }: ConditionWriter,
): PodStatus {
  const conditions = status.conditions ?? []
  const old = conditions.find((condition) => condition.type === type)
  const isSame = old?.status === value && old.reason === reason && old.message === message
  if (isSame && old.observedGeneration === observedGeneration) return status
  const now = `${new Date(atMs).toISOString().slice(0, 19)}Z`
  const condition = {
    type,
    ...(observedGeneration !== undefined && { observedGeneration }),
    status: value,
    lastProbeTime: null as unknown as string,
    lastTransitionTime: old?.status === value ? (old.lastTransitionTime ?? now) : now,
    ...(reason && { reason }),
    ...(message && { message }),
  }
  if (!old) return { ...status, conditions: [...conditions, condition] }
  return { ...status, conditions: conditions.map((other) => (other === old ? condition : other)) }
}
