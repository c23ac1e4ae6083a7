// How many Pods the ReplicaSets of a Deployment may have at each step of a rollout. Pure.

import type { Deployment } from '../../kinds/deployment.ts'
import type { ReplicaSet } from '../../kinds/replica-set.ts'
import { resolveIntOrPercent } from '../int-or-percent.ts'

/** How far a rollout may leave the wished number of Pods behind. */
export interface Bounds {
  /** So many Pods more than wished. */
  readonly maxSurge: number
  /** So many Pods fewer than wished are available. */
  readonly maxUnavailable: number
}

/** Source: pkg/controller/deployment/util/deployment_util.go:ResolveFenceposts, MaxSurge, MaxUnavailable. */
export function boundsOf(deployment: Deployment): Bounds {
  const { strategy, replicas = 1 } = deployment.spec ?? {}
  if (strategy?.type === 'Recreate' || replicas === 0) return { maxSurge: 0, maxUnavailable: 0 }
  const maxSurge = resolveIntOrPercent(strategy?.rollingUpdate?.maxSurge ?? '25%', replicas, Math.ceil)
  const maxUnavailable = resolveIntOrPercent(
    strategy?.rollingUpdate?.maxUnavailable ?? '25%',
    replicas,
    Math.floor,
  )
  // With both at zero nothing could ever move.
  if (maxSurge === 0 && maxUnavailable === 0) return { maxSurge, maxUnavailable: 1 }
  return { maxSurge, maxUnavailable: Math.min(maxUnavailable, replicas) }
}

/** The next size of the new ReplicaSet while the old ones still have Pods. Source: NewRSNewReplicas. */
export function nextNewSize(deployment: Deployment, all: readonly ReplicaSet[], current: number): number {
  const wished = replicasOf(deployment)
  if (deployment.spec?.strategy?.type === 'Recreate') return wished
  const room = wished + boundsOf(deployment).maxSurge - totalReplicas(all)
  return room <= 0 ? current : current + Math.min(room, wished - current)
}

/** The next sizes of old ReplicaSets, by name: first unhealthy Pods go, then as many as availability allows. */
export function nextOldSizes(
  deployment: Deployment,
  newSet: ReplicaSet,
  oldSets: readonly ReplicaSet[],
): ReadonlyMap<string, number> {
  const all = [newSet, ...oldSets]
  const minAvailable = replicasOf(deployment) - boundsOf(deployment).maxUnavailable
  const newUnavailable = replicasOf(newSet) - (newSet.status?.availableReplicas ?? 0)
  const maxScaledDown = totalReplicas(all) - minAvailable - newUnavailable
  if (totalReplicas(oldSets) === 0 || maxScaledDown <= 0) return new Map()
  const sizes = new Map(oldSets.map((set) => [nameOf(set), replicasOf(set)]))
  const byAge = oldSets.toSorted(compareAge)
  removeUnhealthy(byAge, sizes, maxScaledDown)
  const available = all.reduce((sum, { status }) => sum + (status?.availableReplicas ?? 0), 0)
  removeSpare(byAge, sizes, available - minAvailable)
  return new Map(oldSets.flatMap((set) => changedSize(set, sizes)))
}

/**
 * The sizes after a change of spec.replicas in the middle of a rollout: what is added or taken away is shared out by
 * the present sizes. Source: pkg/controller/deployment/sync.go:scale.
 */
export function proportionalSizes(
  deployment: Deployment,
  active: readonly ReplicaSet[],
): ReadonlyMap<string, number> {
  const wished = replicasOf(deployment)
  const allowed = wished > 0 ? wished + boundsOf(deployment).maxSurge : 0
  const toAdd = allowed - totalReplicas(active)
  const order = active.toSorted(
    (a, b) => replicasOf(b) - replicasOf(a) || (toAdd > 0 ? compareAge(b, a) : compareAge(a, b)),
  )
  const sizes = new Map<string, number>()
  let added = 0
  for (const set of order) {
    const share = toAdd === 0 ? 0 : shareOf(set, deployment, toAdd, added)
    sizes.set(nameOf(set), replicasOf(set) + share)
    added += share
  }
  const [largest] = order
  // What rounding has left over goes to the largest.
  if (largest && toAdd !== 0) {
    const size = (sizes.get(nameOf(largest)) ?? 0) + toAdd - added
    sizes.set(nameOf(largest), Math.max(0, size))
  }
  return sizes
}

export function replicasOf({ spec }: Deployment | ReplicaSet): number {
  return spec?.replicas ?? 1
}

export function totalReplicas(sets: readonly ReplicaSet[]): number {
  return sets.reduce((sum, set) => sum + replicasOf(set), 0)
}

/** Older first; of the same second, by name. */
export function compareAge(a: ReplicaSet, b: ReplicaSet): number {
  const times = (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? '')
  return times || nameOf(a).localeCompare(nameOf(b))
}

function removeUnhealthy(oldSets: readonly ReplicaSet[], sizes: Map<string, number>, most: number): void {
  let left = most
  for (const set of oldSets) {
    const unhealthy = replicasOf(set) - (set.status?.availableReplicas ?? 0)
    const removed = Math.min(left, Math.max(0, unhealthy))
    sizes.set(nameOf(set), replicasOf(set) - removed)
    left -= removed
  }
}

function removeSpare(oldSets: readonly ReplicaSet[], sizes: Map<string, number>, spare: number): void {
  let left = spare
  for (const set of oldSets) {
    const size = sizes.get(nameOf(set)) ?? 0
    const removed = Math.max(0, Math.min(left, size))
    sizes.set(nameOf(set), size - removed)
    left -= removed
  }
}

function changedSize(set: ReplicaSet, sizes: ReadonlyMap<string, number>): [string, number][] {
  const size = sizes.get(nameOf(set)) ?? 0
  return size === replicasOf(set) ? [] : [[nameOf(set), size]]
}

/** Source: deployment_util.go:GetReplicaSetProportion, getReplicaSetFraction. */
function shareOf(set: ReplicaSet, deployment: Deployment, toAdd: number, added: number): number {
  const size = replicasOf(set)
  if (size === 0 || toAdd === added) return 0
  const wished = replicasOf(deployment)
  if (wished === 0) return -size
  const annotated = Number(set.metadata.annotations?.['deployment.kubernetes.io/max-replicas'] ?? wished)
  const fraction =
    Math.round((size * (wished + boundsOf(deployment).maxSurge)) / (annotated || wished)) - size
  const left = toAdd - added
  return toAdd > 0 ? Math.min(fraction, left) : Math.max(fraction, left)
}

function nameOf({ metadata }: ReplicaSet): string {
  return metadata.name ?? ''
}
