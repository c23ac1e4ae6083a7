// Finding or making the ReplicaSet of a Deployment's present template.

import type { Timers } from '../../../time/clock.ts'
import type { Deployment } from '../../kinds/deployment.ts'
import { deployment as deploymentKind } from '../../kinds/deployment.ts'
import type { ReplicaSet } from '../../kinds/replica-set.ts'
import { replicaSet as setKind } from '../../kinds/replica-set.ts'
import { ApiError } from '../../store/api-error.ts'
import { isEqual } from '../../store/equality.ts'
import { refOf } from '../../store/object.ts'
import type { Registry } from '../../store/registry.ts'
import { unlessGone } from '../pod-writes.ts'
import type { ConditionState, DeploymentStatus } from './deployment-status.ts'
import { findCondition, hasDeadline, withCondition } from './deployment-status.ts'
import { findNewSet, maxRevision, newSetOf, presentAnnotations, REVISION, revisionOf } from './revisions.ts'
import { nextNewSize } from './sizes.ts'

/** What the parts of the deployment controller work with. */
export interface DeploymentWork {
  readonly registry: Registry
  readonly timers: Timers
  /** Tells of a change of size (ScalingReplicaSet). */
  tell(deployment: Deployment, message: string): void
}

/** A Deployment and its ReplicaSets as one look at them finds them. */
export interface Rollout {
  readonly deployment: Deployment
  readonly newSet: ReplicaSet | undefined
  readonly oldSets: readonly ReplicaSet[]
}

/** Finds the ReplicaSet of the present template, or makes it; its revision is always the highest. */
export function findRollout(
  work: DeploymentWork,
  deployment: Deployment,
  sets: readonly ReplicaSet[],
  mayCreate: boolean,
): Rollout {
  const found = findNewSet(deployment, sets)
  const oldSets = sets.filter((set) => set !== found)
  const revision = maxRevision(oldSets) + 1
  if (found) return { ...asPresent(work, deployment, found, revision), oldSets }
  if (!mayCreate) return { deployment, newSet: undefined, oldSets }
  return { ...create(work, deployment, oldSets, revision), oldSets }
}

function asPresent(work: DeploymentWork, deployment: Deployment, set: ReplicaSet, revision: number) {
  const annotations = presentAnnotations(deployment, set, revision)
  const minReadySeconds = deployment.spec?.minReadySeconds
  const isSame =
    isEqual(annotations, set.metadata.annotations ?? {}) && set.spec?.minReadySeconds === minReadySeconds
  const newSet = isSame
    ? set
    : work.registry.change(setKind, refOf(set), (old) => {
        const spec = { ...old.spec, ...(minReadySeconds !== undefined && { minReadySeconds }) }
        return {
          ...old,
          metadata: { ...old.metadata, annotations },
          spec: spec as ReplicaSet['spec'],
        } as ReplicaSet
      })
  const message = `Found new replica set "${set.metadata.name}"`
  const isUnknown = hasDeadline(deployment) && !findCondition(deployment.status?.conditions, 'Progressing')
  const condition = isUnknown ? progressing('FoundNewReplicaSet', message) : undefined
  return { deployment: withRevision(work, deployment, revisionOf(newSet), condition), newSet }
}

function create(
  work: DeploymentWork,
  deployment: Deployment,
  oldSets: readonly ReplicaSet[],
  revision: number,
) {
  const replicas = nextNewSize(deployment, oldSets, 0)
  const wished = newSetOf(deployment, revision, replicas)
  const newSet = createOrCount(work, deployment, wished)
  if (replicas > 0)
    work.tell(deployment, `Scaled up replica set ${wished.metadata.name} from 0 to ${replicas}`)
  const message = `Created new replica set "${wished.metadata.name}"`
  const condition = hasDeadline(deployment) ? progressing('NewReplicaSetCreated', message) : undefined
  return { deployment: withRevision(work, deployment, revision, condition), newSet }
}

/** Another ReplicaSet that has the name already means that the hash has collided: the next one counts that in. */
function createOrCount(work: DeploymentWork, deployment: Deployment, wished: ReplicaSet): ReplicaSet {
  try {
    return work.registry.create(setKind, wished)
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'AlreadyExists') {
      const collisionCount = (deployment.status?.collisionCount ?? 0) + 1
      writeDeploymentStatus(work, deployment, { ...deployment.status, collisionCount })
    }
    throw error
  }
}

/** Revision and condition are written together, through the status. */
function withRevision(
  work: DeploymentWork,
  deployment: Deployment,
  revision: number,
  condition: ConditionState | undefined,
): Deployment {
  const isKnown = deployment.metadata.annotations?.[REVISION] === String(revision)
  if (isKnown && !condition) return deployment
  return work.registry.change(
    deploymentKind,
    refOf(deployment),
    (old) => {
      const annotations = { ...old.metadata.annotations, [REVISION]: String(revision) }
      const conditions =
        condition && withCondition(old.status?.conditions ?? [], condition, work.timers.now())
      const status = conditions ? { ...old.status, conditions } : old.status
      return { ...old, metadata: { ...old.metadata, annotations }, ...(status && { status }) }
    },
    { subresource: 'status' },
  )
}

export function writeDeploymentStatus(
  { registry }: DeploymentWork,
  deployment: Deployment,
  status: DeploymentStatus,
): Deployment | undefined {
  if (isEqual(deployment.status ?? {}, status)) return undefined
  let written: Deployment | undefined
  unlessGone(() => {
    written = registry.change(deploymentKind, refOf(deployment), (old) => ({ ...old, status }), {
      subresource: 'status',
    })
  })
  return written
}

function progressing(reason: string, message: string): ConditionState {
  return { type: 'Progressing', status: 'True', reason, message }
}
