// What a Deployment says about itself: counts, availability, progress. Pure.

import type { V1DeploymentCondition, V1DeploymentStatus } from '@kubernetes/client-node'
import type { Json } from '../../../pod/json.ts'
import type { Deployment } from '../../kinds/deployment.ts'
import type { ReplicaSet } from '../../kinds/replica-set.ts'
import { timestamp } from '../../store/object.ts'
import { boundsOf, replicasOf, totalReplicas } from './sizes.ts'

export type DeploymentStatus = Json<V1DeploymentStatus>
export type DeploymentCondition = Json<V1DeploymentCondition>

/** A condition before it gets its times. */
export interface ConditionState {
  readonly type: 'Available' | 'Progressing' | 'ReplicaFailure'
  readonly status: 'False' | 'True' | 'Unknown'
  readonly reason: string
  readonly message: string
}

const NEW_SET_AVAILABLE = 'NewReplicaSetAvailable'
const TIMED_OUT = 'ProgressDeadlineExceeded'
/** A Deployment without a deadline has this one (MaxInt32): its progress is not judged. */
const NO_DEADLINE = 2_147_483_647

/** Source: pkg/controller/deployment/sync.go:calculateStatus. */
export function countedStatus(
  deployment: Deployment,
  newSet: ReplicaSet | undefined,
  all: readonly ReplicaSet[],
  nowMs: number,
): DeploymentStatus {
  const sum = (field: 'availableReplicas' | 'readyReplicas' | 'replicas' | 'terminatingReplicas') =>
    all.reduce((total, { status }) => total + (status?.[field] ?? 0), 0)
  const availableReplicas = sum('availableReplicas')
  const unavailableReplicas = Math.max(0, totalReplicas(all) - availableReplicas)
  const [replicas, readyReplicas] = [sum('replicas'), sum('readyReplicas')]
  const updatedReplicas = newSet?.status?.replicas ?? 0
  const hasMinimum = availableReplicas >= replicasOf(deployment) - boundsOf(deployment).maxUnavailable
  const { collisionCount, conditions = [] } = deployment.status ?? {}
  return {
    ...(deployment.metadata.generation !== undefined && {
      observedGeneration: deployment.metadata.generation,
    }),
    ...(replicas > 0 && { replicas }),
    ...(updatedReplicas > 0 && { updatedReplicas }),
    ...(readyReplicas > 0 && { readyReplicas }),
    ...(availableReplicas > 0 && { availableReplicas }),
    ...(unavailableReplicas > 0 && { unavailableReplicas }),
    terminatingReplicas: sum('terminatingReplicas'),
    ...(collisionCount !== undefined && { collisionCount }),
    conditions: withCondition(conditions, availability(hasMinimum), nowMs),
  }
}

/** Source: pkg/controller/deployment/progress.go:syncRolloutStatus. */
export function rolloutStatus(
  deployment: Deployment,
  newSet: ReplicaSet | undefined,
  all: readonly ReplicaSet[],
  nowMs: number,
): DeploymentStatus {
  const status = countedStatus(deployment, newSet, all, nowMs)
  const conditions = withFailure(withProgress(deployment, status, newSet, nowMs), newSet, all, nowMs)
  return { ...status, conditions }
}

/** Whether all Pods are of the new template and available. Source: deployment_util.go:DeploymentComplete. */
export function isComplete(deployment: Deployment, status: DeploymentStatus): boolean {
  const wished = replicasOf(deployment)
  return (
    (status.updatedReplicas ?? 0) === wished &&
    (status.replicas ?? 0) === wished &&
    (status.availableReplicas ?? 0) === wished &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
  )
}

export function hasDeadline({ spec }: Deployment): boolean {
  return spec?.progressDeadlineSeconds !== undefined && spec.progressDeadlineSeconds !== NO_DEADLINE
}

/** When the deadline passes if nothing moves; undefined when it cannot. Source: progress.go:requeueStuckDeployment. */
export function deadlineMs(deployment: Deployment, status: DeploymentStatus): number | undefined {
  const progress = findCondition(status.conditions, 'Progressing')
  if (!hasDeadline(deployment) || !progress) return undefined
  if (isComplete(deployment, status) || progress.reason === TIMED_OUT) return undefined
  return Date.parse(progress.lastUpdateTime ?? '') + (deployment.spec?.progressDeadlineSeconds ?? 0) * 1_000
}

/** Sets a condition last; its place, its times and nothing else stay when it says the same. Source: SetDeploymentCondition. */
export function withCondition(
  conditions: readonly DeploymentCondition[],
  { type, status, reason, message }: ConditionState,
  nowMs: number,
): readonly DeploymentCondition[] {
  const old = findCondition(conditions, type)
  if (old?.status === status && old.reason === reason) return conditions
  const now = timestamp(nowMs)
  const lastTransitionTime = old?.status === status ? (old.lastTransitionTime ?? now) : now
  const condition = { type, status, lastUpdateTime: now, lastTransitionTime, reason, message }
  return [...conditions.filter((other) => other.type !== type), condition]
}

export function findCondition(
  conditions: readonly DeploymentCondition[] = [],
  type: ConditionState['type'],
): DeploymentCondition | undefined {
  return conditions.find((condition) => condition.type === type)
}

function availability(hasMinimum: boolean): ConditionState {
  return hasMinimum
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      }
}

function withProgress(
  deployment: Deployment,
  status: DeploymentStatus,
  newSet: ReplicaSet | undefined,
  nowMs: number,
): readonly DeploymentCondition[] {
  const conditions = status.conditions ?? []
  const current = findCondition(conditions, 'Progressing')
  if (!hasDeadline(deployment)) return conditions.filter(({ type }) => type !== 'Progressing')
  const wasComplete = status.replicas === status.updatedReplicas && current?.reason === NEW_SET_AVAILABLE
  if (wasComplete) return conditions
  const subject = newSet ? `ReplicaSet "${newSet.metadata.name}"` : `Deployment "${deployment.metadata.name}"`
  const say = (status: 'False' | 'True', reason: string, message: string) =>
    ({ type: 'Progressing', status, reason, message: `${subject} ${message}` }) as const
  if (isComplete(deployment, status)) {
    return withCondition(conditions, say('True', NEW_SET_AVAILABLE, 'has successfully progressed.'), nowMs)
  }
  if (isProgressing(deployment, status))
    return withUpdate(conditions, say('True', 'ReplicaSetUpdated', 'is progressing.'), nowMs)
  if (isTimedOut(deployment, current, nowMs)) {
    return withCondition(conditions, say('False', TIMED_OUT, 'has timed out progressing.'), nowMs)
  }
  return conditions
}

/** Every step forward is news: the condition is written anew with its time of update. */
function withUpdate(
  conditions: readonly DeploymentCondition[],
  state: ConditionState,
  nowMs: number,
): readonly DeploymentCondition[] {
  const old = findCondition(conditions, state.type)
  const others = conditions.filter(({ type }) => type !== state.type)
  const now = timestamp(nowMs)
  const lastTransitionTime = old?.status === state.status ? (old.lastTransitionTime ?? now) : now
  const { type, status, reason, message } = state
  return [...others, { type, status, lastUpdateTime: now, lastTransitionTime, reason, message }]
}

/** Source: deployment_util.go:DeploymentProgressing. */
function isProgressing({ status: old = {} }: Deployment, status: DeploymentStatus): boolean {
  const oldest = (of: DeploymentStatus) => (of.replicas ?? 0) - (of.updatedReplicas ?? 0)
  return (
    (status.updatedReplicas ?? 0) > (old.updatedReplicas ?? 0) ||
    oldest(status) < oldest(old) ||
    (status.readyReplicas ?? 0) > (old.readyReplicas ?? 0) ||
    (status.availableReplicas ?? 0) > (old.availableReplicas ?? 0)
  )
}

/** Source: deployment_util.go:DeploymentTimedOut. */
function isTimedOut({ spec }: Deployment, current: DeploymentCondition | undefined, nowMs: number): boolean {
  if (!current || current.reason === NEW_SET_AVAILABLE) return false
  if (current.reason === TIMED_OUT) return true
  return Date.parse(current.lastUpdateTime ?? '') + (spec?.progressDeadlineSeconds ?? 0) * 1_000 < nowMs
}

/** What a ReplicaSet complains of is the Deployment's complaint, the new one's first. Source: progress.go:getReplicaFailures. */
function withFailure(
  conditions: readonly DeploymentCondition[],
  newSet: ReplicaSet | undefined,
  all: readonly ReplicaSet[],
  nowMs: number,
): readonly DeploymentCondition[] {
  const sets = newSet ? [newSet, ...all.filter((set) => set !== newSet)] : all
  const failure = sets
    .flatMap(({ status }) => status?.conditions ?? [])
    .find(({ type }) => type === 'ReplicaFailure')
  if (!failure) return conditions.filter(({ type }) => type !== 'ReplicaFailure')
  const { reason = '', message = '' } = failure
  return withCondition(conditions, { type: 'ReplicaFailure', status: 'True', reason, message }, nowMs)
}
