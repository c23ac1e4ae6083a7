// What ReplicaSets and ReplicationControllers do alike: keep so many Pods of one template.

import type { V1ReplicaSetCondition } from '@kubernetes/client-node'
import type { Json, PodTemplateSpec } from '../../pod/json.ts'
import type { LabelSelector } from '../../pod/label-selector.ts'
import { matchesLabels } from '../../pod/label-selector.ts'
import { isDeleting } from '../../pod/phase.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import type { ApiError } from '../store/api-error.ts'
import { isEqual } from '../store/equality.ts'
import type { Kind } from '../store/kind.ts'
import { resourceOf } from '../store/kind.ts'
import type { KubeObject } from '../store/object.ts'
import { refOf, timestamp } from '../store/object.ts'
import type { ControllerContext } from './controller.ts'
import { recorderOf } from './controller.ts'
import { deletionOrder } from './deletion-order.ts'
import { claimedPods, followDependents, isActivePod } from './owned-pods.ts'
import { PodControl } from './pod-control.ts'
import { isPodAvailable, isPodReady } from './pod-readiness.ts'
import { unlessGone } from './pod-writes.ts'
import { refOfKey, WorkQueue } from './work-queue.ts'

/** The status of both kinds. */
export interface ReplicasStatus {
  readonly replicas: number
  readonly fullyLabeledReplicas?: number
  readonly readyReplicas?: number
  readonly availableReplicas?: number
  readonly terminatingReplicas?: number
  readonly observedGeneration?: number
  readonly conditions?: readonly Json<V1ReplicaSetCondition>[]
}

/** How one of the two kinds says what it wants. */
export interface ReplicasKind<T extends KubeObject> {
  readonly kind: Kind<T>
  /** `replicaset-controller` */
  readonly component: string
  readonly selectorOf: (owner: T) => LabelSelector | undefined
  readonly replicasOf: (owner: T) => number
  readonly templateOf: (owner: T) => PodTemplateSpec
  readonly minReadySecondsOf: (owner: T) => number
  readonly statusOf: (owner: T) => ReplicasStatus
  readonly withStatus: (owner: T, status: ReplicasStatus) => T
  /** Whether Pods on their way out are counted in the status. */
  readonly countsTerminating: boolean
  /** All Pods of the owner's siblings, for the order in which Pods are given up. */
  readonly relatedPods?: (owner: T) => readonly Pod[]
}

/** No more Pods than that are made or unmade in one go (replica_set.go: BurstReplicas). */
const BURST = 500

/** Source: pkg/controller/replicaset/replica_set.go:syncReplicaSet, replica_set_utils.go. */
export function startReplicas<T extends KubeObject>(
  context: ControllerContext,
  rules: ReplicasKind<T>,
): void {
  const { registry, timers } = context
  const { kind, component, selectorOf } = rules
  const queue = new WorkQueue({ ...context, random: context.random.fork(component), reconcile })
  const control = new PodControl(registry, kind, recorderOf(context, component))
  registry.store.subscribe(resourceOf(kind), ({ object }) => queue.addObject(object))
  followDependents({ registry, queue, kind, resource: 'pods', selectorOf })
  for (const owner of registry.list(kind)) queue.addObject(owner)

  function reconcile(key: string): void {
    const owner = registry.find(kind, refOfKey(key))
    const selector = owner && selectorOf(owner)
    if (!owner || !selector) return
    const pods = claimedPods(registry, kind, owner, selector)
    const active = pods.filter(isActivePod)
    const refusal = owner.metadata.deletionTimestamp ? undefined : manage(owner, active)
    // The status tells of the Pods as they were before; what has just been done is news for the next time.
    const status = statusFrom(owner, active, pods.filter(isOnItsWayOut).length, refusal)
    write(owner, status)
    const isWaiting = (status.readyReplicas ?? 0) > (status.availableReplicas ?? 0)
    if (isWaiting) queue.addAfter(key, rules.minReadySecondsOf(owner) * 1_000)
    if (refusal) throw refusal
  }

  function manage(owner: T, active: readonly Pod[]): ApiError | undefined {
    const missing = rules.replicasOf(owner) - active.length
    if (missing > 0) return control.createMany(owner, rules.templateOf(owner), Math.min(missing, BURST))
    if (missing < 0) {
      const order = deletionOrder(active, rules.relatedPods?.(owner) ?? active)
      for (const pod of order.slice(0, Math.min(-missing, BURST))) control.delete(owner, pod)
    }
    return undefined
  }

  function statusFrom(
    owner: T,
    active: readonly Pod[],
    terminating: number,
    refusal: ApiError | undefined,
  ): ReplicasStatus {
    const templateLabels = Object.entries(rules.templateOf(owner).metadata?.labels ?? {})
    const template = templateLabels.map(([label, value]) => ({
      key: label,
      operator: '=' as const,
      values: [value],
    }))
    const count = (isCounted: (pod: Pod) => boolean) => active.filter(isCounted).length
    const minReadySeconds = rules.minReadySecondsOf(owner)
    const fullyLabeledReplicas = count(({ metadata }) => matchesLabels(template, metadata.labels))
    const readyReplicas = count(isPodReady)
    const availableReplicas = count((pod) => isPodAvailable(pod, minReadySeconds, timers.now()))
    const conditions = conditionsFrom(owner, active.length, refusal)
    return {
      replicas: active.length,
      ...(fullyLabeledReplicas > 0 && { fullyLabeledReplicas }),
      ...(readyReplicas > 0 && { readyReplicas }),
      ...(availableReplicas > 0 && { availableReplicas }),
      ...(rules.countsTerminating && { terminatingReplicas: terminating }),
      ...(owner.metadata.generation !== undefined && { observedGeneration: owner.metadata.generation }),
      ...(conditions.length > 0 && { conditions }),
    }
  }

  /** ReplicaFailure is there as long as Pods are refused. */
  function conditionsFrom(owner: T, active: number, refusal: ApiError | undefined) {
    const type = 'ReplicaFailure'
    const old = rules.statusOf(owner).conditions ?? []
    const others = old.filter((condition) => condition.type !== type)
    if (!refusal) return others
    const known = old.find((condition) => condition.type === type)
    const reason = rules.replicasOf(owner) > active ? 'FailedCreate' : 'FailedDelete'
    if (known) return old
    const lastTransitionTime = timestamp(timers.now())
    return [...others, { type, status: 'True', lastTransitionTime, reason, message: refusal.message }]
  }

  function write(owner: T, status: ReplicasStatus): void {
    if (isEqual(rules.statusOf(owner), status)) return
    unlessGone(() =>
      registry.change(kind, refOf(owner), (old) => rules.withStatus(old, status), { subresource: 'status' }),
    )
  }

  function isOnItsWayOut(pod: Pod): boolean {
    const phase = pod.status?.phase
    return isDeleting(pod) && phase !== 'Succeeded' && phase !== 'Failed'
  }
}
