// The deployment controller: moves Pods from one template to the next without losing too many on the way.

import type { LabelSelector } from '../../../pod/label-selector.ts'
import { structuredSelector } from '../../../pod/label-selector.ts'
import { involvedObject } from '../../events/event-recorder.ts'
import type { Deployment } from '../../kinds/deployment.ts'
import { deployment as deploymentKind } from '../../kinds/deployment.ts'
import type { Pod } from '../../kinds/pod/pod.ts'
import type { ReplicaSet } from '../../kinds/replica-set.ts'
import { replicaSet as setKind } from '../../kinds/replica-set.ts'
import { refOf } from '../../store/object.ts'
import type { Controller } from '../controller.ts'
import { recorderOf } from '../controller.ts'
import { claimed, followDependents } from '../owned-pods.ts'
import { refOfKey, WorkQueue } from '../work-queue.ts'
import type { ConditionState } from './deployment-status.ts'
import {
  countedStatus,
  deadlineMs,
  findCondition,
  hasDeadline,
  isComplete,
  rolloutStatus,
  withCondition,
} from './deployment-status.ts'
import { wasResized } from './revisions.ts'
import type { DeploymentWork, Rollout } from './rollout.ts'
import { findRollout, writeDeploymentStatus } from './rollout.ts'
import { cleanUp, scaleAll, scaleTo, sizesAfterResize } from './scaling.ts'
import { compareAge, nextNewSize, nextOldSizes, replicasOf } from './sizes.ts'

const SETS = 'replicasets.apps'

/** Source: pkg/controller/deployment/deployment_controller.go:syncDeployment. */
export const deploymentController: Controller = (context) => {
  const { registry, timers } = context
  const { store } = registry
  const recorder = recorderOf(context, 'deployment-controller')
  const work: DeploymentWork = {
    registry,
    timers,
    tell: (deployment, message) =>
      recorder.event(involvedObject(deployment), 'Normal', 'ScalingReplicaSet', message),
  }
  const queue = new WorkQueue({ ...context, random: context.random.fork('deployment'), reconcile })
  store.subscribe('deployments.apps', ({ object }) => queue.addObject(object))
  followDependents({ registry, queue, kind: deploymentKind, resource: SETS, selectorOf })
  // Recreate waits for the last Pod of an old template to be gone, which no ReplicaSet tells.
  store.subscribe('pods', ({ type, object }) => {
    if (type === 'DELETED') enqueueOwnerOf(object as Pod)
  })
  for (const object of registry.list(deploymentKind)) queue.addObject(object)

  function enqueueOwnerOf({ metadata }: Pod): void {
    const set = metadata.ownerReferences?.find(({ controller, kind }) => controller && kind === 'ReplicaSet')
    if (!set) return
    const owner = registry.find(setKind, { namespace: metadata.namespace, name: set.name })
    const deployment = owner?.metadata.ownerReferences?.find(({ controller }) => controller)
    if (deployment?.kind === 'Deployment') queue.add(`${metadata.namespace}/${deployment.name}`)
  }

  function reconcile(key: string): void {
    const deployment = registry.find(deploymentKind, refOfKey(key))
    const selector = deployment && selectorOf(deployment)
    if (!deployment || !selector || selector.length === 0) return
    const sets = setsOf(deployment, selector)
    if (deployment.metadata.deletionTimestamp) return writeCounts(findRollout(work, deployment, sets, false))
    const current = notePause(deployment)
    const isScaling = sets.some((set) => replicasOf(set) > 0 && wasResized(current, set))
    if (current.spec?.paused || isScaling) return scaleOnly(findRollout(work, current, sets, false))
    if (current.spec?.strategy?.type === 'Recreate') return recreate(current, sets)
    roll(findRollout(work, current, sets, true))
  }

  function setsOf(deployment: Deployment, selector: LabelSelector): readonly ReplicaSet[] {
    return claimed({
      registry,
      kind: deploymentKind,
      owner: deployment,
      dependentKind: setKind,
      resource: SETS,
      selector,
    }).toSorted(compareAge)
  }

  /** Pausing and resuming show in the condition Progressing. Source: sync.go:checkPausedConditions. */
  function notePause(deployment: Deployment): Deployment {
    const current = findCondition(deployment.status?.conditions, 'Progressing')
    if (!hasDeadline(deployment) || current?.reason === 'ProgressDeadlineExceeded') return deployment
    const wasPaused = current?.reason === 'DeploymentPaused'
    const isPaused = deployment.spec?.paused === true
    if (isPaused === wasPaused) return deployment
    const condition: ConditionState = isPaused
      ? {
          type: 'Progressing',
          status: 'Unknown',
          reason: 'DeploymentPaused',
          message: 'Deployment is paused',
        }
      : {
          type: 'Progressing',
          status: 'Unknown',
          reason: 'DeploymentResumed',
          message: 'Deployment is resumed',
        }
    const conditions = withCondition(deployment.status?.conditions ?? [], condition, timers.now())
    return writeDeploymentStatus(work, deployment, { ...deployment.status, conditions }) ?? deployment
  }

  /** Source: rolling.go:rolloutRolling. One side is moved at a time; the change of its status brings the next step. */
  function roll(rollout: Rollout): void {
    const { deployment, newSet, oldSets } = rollout
    if (!newSet) return
    const size =
      replicasOf(newSet) > replicasOf(deployment)
        ? replicasOf(deployment)
        : nextNewSize(deployment, [newSet, ...oldSets], replicasOf(newSet))
    const scaledUp = scaleTo(work, deployment, newSet, size)
    if (scaledUp) return writeRollout({ ...rollout, newSet: scaledUp })
    const sizes = nextOldSizes(
      deployment,
      newSet,
      oldSets.filter((set) => replicasOf(set) > 0),
    )
    const scaledDown = scaleAll(work, deployment, oldSets, sizes)
    if (scaledDown) return writeRollout({ ...rollout, oldSets: scaledDown })
    finish(rollout)
  }

  /** Source: recreate.go:rolloutRecreate. */
  function recreate(deployment: Deployment, sets: readonly ReplicaSet[]): void {
    const rollout = findRollout(work, deployment, sets, false)
    const zero = new Map(
      rollout.oldSets.filter((set) => replicasOf(set) > 0).map((set) => [set.metadata.name ?? '', 0]),
    )
    const scaledDown = scaleAll(work, rollout.deployment, rollout.oldSets, zero)
    if (scaledDown) return writeRollout({ ...rollout, oldSets: scaledDown })
    if (rollout.oldSets.some(hasRunningPods)) return writeRollout(rollout)
    const { newSet, ...made } = rollout.newSet ? rollout : findRollout(work, rollout.deployment, sets, true)
    const scaledUp = newSet && scaleTo(work, made.deployment, newSet, replicasOf(made.deployment))
    finish({ ...made, newSet: scaledUp ?? newSet })
  }

  function hasRunningPods({ metadata }: ReplicaSet): boolean {
    const pods = store.by('pods', 'controller', metadata.uid ?? '') as readonly Pod[]
    return pods.some(({ status }) => status?.phase !== 'Succeeded' && status?.phase !== 'Failed')
  }

  function finish(rollout: Rollout): void {
    const { deployment, newSet, oldSets } = rollout
    if (deployment.status && isComplete(deployment, deployment.status)) cleanUp(work, deployment, oldSets)
    writeRollout({ deployment, newSet, oldSets: oldSets.filter((set) => registry.find(setKind, refOf(set))) })
  }

  /** Paused, or resized in the middle of a rollout: sizes follow, templates do not. Source: sync.go:sync, scale. */
  function scaleOnly(rollout: Rollout): void {
    const { deployment, newSet, oldSets } = rollout
    const all = newSet ? [newSet, ...oldSets] : oldSets
    const active = all.filter((set) => replicasOf(set) > 0)
    const sizes = sizesAfterResize(rollout, all, active)
    const scaled = scaleAll(work, deployment, all, sizes) ?? all
    if (deployment.spec?.paused) cleanUp(work, deployment, oldSets)
    const current = newSet && scaled.find((set) => set.metadata.uid === newSet.metadata.uid)
    writeCounts({ deployment, newSet: current, oldSets: scaled.filter((set) => set !== current) })
  }

  function writeRollout({ deployment, newSet, oldSets }: Rollout): void {
    const all = newSet ? [newSet, ...oldSets] : oldSets
    const status = rolloutStatus(deployment, newSet, all, timers.now())
    writeDeploymentStatus(work, deployment, status)
    const dueMs = deadlineMs(deployment, status)
    if (dueMs !== undefined)
      queue.addAfter(
        `${deployment.metadata.namespace}/${deployment.metadata.name}`,
        Math.max(0, dueMs - timers.now()) + 1_000,
      )
  }

  function writeCounts({ deployment, newSet, oldSets }: Rollout): void {
    const all = newSet ? [newSet, ...oldSets] : oldSets
    writeDeploymentStatus(work, deployment, countedStatus(deployment, newSet, all, timers.now()))
  }
}

function selectorOf({ spec }: Deployment): LabelSelector | undefined {
  return structuredSelector(spec?.selector)
}
