// Joins the status that the kubelet has with the one that the API holds, before it is sent.

import type { PodStatus } from '../../../pod/json.ts'
import { copyWith } from '../../store/copy-with.ts'
import { defined } from '../../store/defined.ts'
import { KUBELET_CONDITIONS } from './conditions.ts'

/** The status to send. */
export interface MergeInput {
  /** What the API holds. */
  readonly stored: PodStatus
  readonly status: PodStatus
  /** While a container could still run, the pod is not shown as ended. */
  readonly couldHaveRunningContainers: boolean
}

type PodCondition = NonNullable<PodStatus['conditions']>[number]

/** Source: pkg/kubelet/status/status_manager.go:mergePodStatus. */
export function mergePodStatus({ stored, status, couldHaveRunningContainers }: MergeInput): PodStatus {
  const isEnding = !isEnded(stored.phase) && isEnded(status.phase)
  const isWithheld = isEnding && couldHaveRunningContainers
  const ofOthers = (stored.conditions ?? []).filter((condition) => !isOwn(condition))
  const own = (status.conditions ?? []).filter(isOwn)
  const disruption = isEnding && !isWithheld ? disruptionOf(status) : []
  const conditions = [
    ...ofOthers.filter(({ type }) => !disruption.some((one) => one.type === type)),
    ...disruption,
    ...own,
  ]
  const { phase, reason, message } = isWithheld ? stored : status
  const merged = copyWith(status, {
    phase: phase || undefined,
    reason: reason || undefined,
    message: message || undefined,
    conditions: isEnded(phase) ? conditions.map((one) => endedCondition(one, phase)) : conditions,
  })
  return defined(merged)
}

function isOwn({ type }: PodCondition): boolean {
  return KUBELET_CONDITIONS.includes(type)
}

function disruptionOf(status: PodStatus): readonly PodCondition[] {
  return (status.conditions ?? []).filter(({ type }) => type === 'DisruptionTarget')
}

function isEnded(phase: string | undefined): boolean {
  return phase === 'Succeeded' || phase === 'Failed'
}

/** A pod that has ended is not ready, whatever was last seen of its containers. */
function endedCondition(condition: PodCondition, phase: string | undefined): PodCondition {
  const isReadiness = condition.type === 'Ready' || condition.type === 'ContainersReady'
  if (!isReadiness || condition.status !== 'True') return condition
  return { ...condition, status: 'False', reason: phase === 'Failed' ? 'PodFailed' : 'PodCompleted' }
}
