// Giving the ReplicaSets of a Deployment their sizes, and taking away those that are not needed any more.

import type { Deployment } from '../../kinds/deployment.ts'
import type { ReplicaSet } from '../../kinds/replica-set.ts'
import { replicaSet as setKind } from '../../kinds/replica-set.ts'
import { isEqual } from '../../store/equality.ts'
import { refOf } from '../../store/object.ts'
import { unlessGone } from '../pod-writes.ts'
import { revisionOf, sizesWanted } from './revisions.ts'
import type { DeploymentWork, Rollout } from './rollout.ts'
import { compareAge, proportionalSizes, replicasOf } from './sizes.ts'

/** Source: pkg/controller/deployment/sync.go:scale. */
export function sizesAfterResize(
  { deployment, newSet, oldSets }: Rollout,
  all: readonly ReplicaSet[],
  active: readonly ReplicaSet[],
): ReadonlyMap<string, number> {
  const wished = replicasOf(deployment)
  const name = (set: ReplicaSet) => set.metadata.name ?? ''
  if (active.length <= 1) {
    const only = active[0] ?? newSet ?? oldSets.toSorted(compareAge).at(-1)
    return only ? new Map([[name(only), wished]]) : new Map()
  }
  const isSaturated =
    newSet && replicasOf(newSet) === wished && (newSet.status?.availableReplicas ?? 0) === wished
  if (isSaturated) return new Map(oldSets.filter((set) => replicasOf(set) > 0).map((set) => [name(set), 0]))
  if (deployment.spec?.strategy?.type === 'Recreate') return new Map()
  return proportionalSizes(
    deployment,
    active.filter((set) => all.includes(set)),
  )
}

/** Scales those that are to have another size; answers the sets as they are then, or nothing when none was. */
export function scaleAll(
  work: DeploymentWork,
  deployment: Deployment,
  sets: readonly ReplicaSet[],
  sizes: ReadonlyMap<string, number>,
): readonly ReplicaSet[] | undefined {
  let hasScaled = false
  const scaled = sets.map((set) => {
    const size = sizes.get(set.metadata.name ?? '')
    const changed = size === undefined ? undefined : scaleTo(work, deployment, set, size)
    hasScaled ||= changed !== undefined && replicasOf(changed) !== replicasOf(set)
    return changed ?? set
  })
  return hasScaled ? scaled : undefined
}

/** Answers the changed ReplicaSet, or nothing when it has that size already. */
export function scaleTo(
  work: DeploymentWork,
  deployment: Deployment,
  set: ReplicaSet,
  size: number,
): ReplicaSet | undefined {
  const before = replicasOf(set)
  const annotations = { ...set.metadata.annotations, ...sizesWanted(deployment) }
  if (before === size && isEqual(annotations, set.metadata.annotations)) return undefined
  const scaled = work.registry.change(
    setKind,
    refOf(set),
    (old) =>
      ({
        ...old,
        metadata: { ...old.metadata, annotations },
        spec: { ...old.spec, replicas: size },
      }) as ReplicaSet,
  )
  if (before === size) return undefined
  const direction = size > before ? 'up' : 'down'
  work.tell(deployment, `Scaled ${direction} replica set ${set.metadata.name} from ${before} to ${size}`)
  return scaled
}

/** Empty old ReplicaSets beyond revisionHistoryLimit go, the oldest revision first. Source: sync.go:cleanupDeployment. */
export function cleanUp(
  { registry }: DeploymentWork,
  deployment: Deployment,
  oldSets: readonly ReplicaSet[],
): void {
  const limit = deployment.spec?.revisionHistoryLimit ?? 10
  const empty = oldSets.filter(
    (set) =>
      replicasOf(set) === 0 &&
      (set.status?.replicas ?? 0) === 0 &&
      (set.status?.observedGeneration ?? 0) >= (set.metadata.generation ?? 0) &&
      !set.metadata.deletionTimestamp,
  )
  const order = empty.toSorted((a, b) => revisionOf(a) - revisionOf(b))
  for (const set of order.slice(0, Math.max(0, order.length - limit))) {
    unlessGone(() => registry.delete(setKind, refOf(set), { propagationPolicy: 'Background' }))
  }
}
