// The StatefulSet controller: Pods with names of their own, made and unmade in order.

import type { V1StatefulSetStatus } from '@kubernetes/client-node'
import type { Json, PodTemplateSpec } from '../../../pod/json.ts'
import { structuredSelector } from '../../../pod/label-selector.ts'
import { isDeleting } from '../../../pod/phase.ts'
import { involvedObject } from '../../events/event-recorder.ts'
import type { ControllerRevision } from '../../kinds/controller-revision.ts'
import { persistentVolumeClaim } from '../../kinds/persistent-volume-claim.ts'
import type { Pod } from '../../kinds/pod/pod.ts'
import { pod as podKind } from '../../kinds/pod/pod.ts'
import type { StatefulSet } from '../../kinds/stateful-set.ts'
import { statefulSet as setKind } from '../../kinds/stateful-set.ts'
import { ApiError } from '../../store/api-error.ts'
import { isEqual } from '../../store/equality.ts'
import { refOf } from '../../store/object.ts'
import type { Controller } from '../controller.ts'
import { recorderOf } from '../controller.ts'
import { resolveIntOrPercent } from '../int-or-percent.ts'
import { claimedPods, followDependents } from '../owned-pods.ts'
import { podFromTemplate } from '../pod-control.ts'
import { isPodAvailable, isPodReady } from '../pod-readiness.ts'
import { unlessGone } from '../pod-writes.ts'
import {
  currentRevision,
  revisionData,
  revisionsOf,
  templateOf,
  truncateHistory,
} from '../revision-history.ts'
import { revisionHash } from '../template-hash.ts'
import { refOfKey, WorkQueue } from '../work-queue.ts'
import { claimsOf, ordinalOf, podNameOf, REVISION, statefulPodShape } from './identity.ts'

type Status = Json<V1StatefulSetStatus>

/** A StatefulSet with what one look at it finds. */
interface Look {
  readonly set: StatefulSet
  /** By ordinal: those that it is to have. */
  readonly replicas: ReadonlyMap<number, Pod>
  /** Those beyond, highest ordinal first. */
  readonly condemned: readonly Pod[]
  readonly current: ControllerRevision
  readonly update: ControllerRevision
  readonly isOrdered: boolean
}

/** Source: pkg/controller/statefulset/stateful_set.go, stateful_set_control.go:updateStatefulSet. */
export const statefulSetController: Controller = (context) => {
  const { registry, timers } = context
  const recorder = recorderOf(context, 'statefulset-controller')
  const queue = new WorkQueue({ ...context, random: context.random.fork('statefulset'), reconcile })
  const selectorOf = ({ spec }: StatefulSet) => structuredSelector(spec?.selector)
  registry.store.subscribe('statefulsets.apps', ({ object }) => queue.addObject(object))
  followDependents({ registry, queue, kind: setKind, resource: 'pods', selectorOf })
  followDependents({ registry, queue, kind: setKind, resource: 'controllerrevisions.apps', selectorOf })
  for (const set of registry.list(setKind)) queue.addObject(set)

  function reconcile(key: string): void {
    const set = registry.find(setKind, refOfKey(key))
    if (!set || set.metadata.deletionTimestamp) return
    const before = lookAt(set)
    try {
      act(before)
    } finally {
      const after = lookAt(set)
      writeStatus(after)
      if (hasUnavailable(after)) queue.addAfter(key, (set.spec?.minReadySeconds ?? 0) * 1_000)
    }
  }

  function lookAt(set: StatefulSet): Look {
    const { template, selector, revisionHistoryLimit = 10, podManagementPolicy } = set.spec ?? {}
    const revisions = revisionsOf(registry, setKind, set, selector)
    const update = currentRevision({
      registry,
      kind: setKind,
      owner: set,
      revisions,
      template: template as PodTemplateSpec,
      shape: () => shapeOf(set),
    })
    const current = revisions.find(({ metadata }) => metadata.name === set.status?.currentRevision) ?? update
    const pods = claimedPods(registry, setKind, set, structuredSelector(selector) ?? [])
    const [first, end] = ordinalsOf(set)
    const replicas = new Map<number, Pod>()
    const condemned: (readonly [number, Pod])[] = []
    for (const pod of pods) {
      const ordinal = ordinalOf(set, pod)
      if (ordinal === undefined) continue
      if (ordinal >= first && ordinal < end) replicas.set(ordinal, pod)
      else condemned.push([ordinal, pod])
    }
    const used = new Set([current.metadata.name, update.metadata.name, ...pods.map(revisionOf)])
    truncateHistory(registry, revisions, ({ metadata }) => used.has(metadata.name), revisionHistoryLimit)
    return {
      set,
      replicas,
      condemned: condemned.toSorted(([a], [b]) => b - a).map(([, pod]) => pod),
      current,
      update,
      isOrdered: podManagementPolicy !== 'Parallel',
    }
  }

  function shapeOf({ metadata, spec, status }: StatefulSet) {
    const hash = revisionHash(revisionData(spec?.template as PodTemplateSpec), status?.collisionCount ?? 0)
    return {
      name: `${metadata.name}-${hash}`,
      labels: { ...spec?.template?.metadata?.labels, 'controller.kubernetes.io/hash': hash },
    }
  }

  /** One step at a time where order matters: what has to be waited for ends the look. */
  function act(look: Look): void {
    if (bringUp(look) && takeDown(look)) roll(look)
  }

  /** Answers whether everything that comes before the rest is done. */
  function bringUp(look: Look): boolean {
    const { set, replicas, isOrdered } = look
    const [first, end] = ordinalsOf(set)
    for (let ordinal = first; ordinal < end; ordinal++) {
      const pod = replicas.get(ordinal)
      const hasEnded = pod?.status?.phase === 'Failed' || pod?.status?.phase === 'Succeeded'
      if (pod && hasEnded && !isDeleting(pod)) remove(set, pod)
      else if (!pod) create(look, ordinal)
      else if (isHealthy(set, pod)) continue
      if (isOrdered) return false
    }
    return true
  }

  /** What is too much goes, the highest ordinal first, each after the one before is gone. */
  function takeDown({ set, condemned, replicas, isOrdered }: Look): boolean {
    const firstUnhealthy = [...replicas.values(), ...condemned.toReversed()].find(
      (pod) => !isHealthy(set, pod),
    )
    for (const pod of condemned) {
      if (isDeleting(pod)) {
        if (isOrdered) return false
        continue
      }
      if (isOrdered && !isHealthy(set, pod) && pod !== firstUnhealthy) return false
      remove(set, pod)
      if (isOrdered) return false
    }
    return true
  }

  /** Replaces Pods of another revision from the highest ordinal down to the partition. */
  function roll({ set, replicas, update }: Look): void {
    const strategy = set.spec?.updateStrategy
    if (strategy?.type === 'OnDelete') return
    const [first, end] = ordinalsOf(set)
    const { partition = 0, maxUnavailable = 1 } = strategy?.rollingUpdate ?? {}
    let left = Math.max(1, resolveIntOrPercent(maxUnavailable, end - first, Math.ceil))
    for (let ordinal = end - 1; ordinal >= first + partition && left > 0; ordinal--) {
      const pod = replicas.get(ordinal)
      if (!pod) continue
      const isOld = revisionOf(pod) !== update.metadata.name
      if (isOld && !isDeleting(pod)) remove(set, pod)
      if (isOld || !isHealthy(set, pod)) left--
    }
  }

  function create(look: Look, ordinal: number): void {
    const { set } = look
    const name = podNameOf(set, ordinal)
    const setName = set.metadata.name
    const revision = revisionFor(look, ordinal)
    const template = templateOf(revision)
    const shape = statefulPodShape(set, template, ordinal, revision.metadata.name ?? '')
    const { metadata, ...rest } = podFromTemplate(setKind, set, template, shape)
    const pod = { ...rest, metadata: { ...metadata, generateName: `${setName}-` } }
    telling(set, 'Create', `Pod ${name} in StatefulSet ${setName}`, () => {
      for (const claim of claimsOf(set, ordinal)) {
        if (registry.find(persistentVolumeClaim, refOf(claim))) continue
        registry.create(persistentVolumeClaim, claim)
        const message = `Create Claim ${claim.metadata.name} Pod ${name} in StatefulSet ${setName} success`
        recorder.event(involvedObject(set), 'Normal', 'SuccessfulCreate', message)
      }
      registry.create(podKind, pod)
    })
  }

  /** While a rollout is under way, low ordinals keep the revision that they had. Source: newVersionedStatefulSetPod. */
  function revisionFor({ set, current, update }: Look, ordinal: number): ControllerRevision {
    const { type, rollingUpdate } = set.spec?.updateStrategy ?? {}
    if (type === 'OnDelete') return update
    const [first] = ordinalsOf(set)
    const kept = rollingUpdate?.partition ?? 0
    const isBelow = kept > 0 ? ordinal < first + kept : ordinal < first + (set.status?.currentReplicas ?? 0)
    return isBelow ? current : update
  }

  function remove(set: StatefulSet, pod: Pod): void {
    const { name, uid = '' } = pod.metadata
    telling(set, 'Delete', `Pod ${name} in StatefulSet ${set.metadata.name}`, () =>
      unlessGone(() => registry.delete(podKind, refOf(pod), { preconditions: { uid } })),
    )
  }

  function telling(set: StatefulSet, verb: 'Create' | 'Delete', what: string, run: () => void): void {
    try {
      run()
      recorder.event(involvedObject(set), 'Normal', `Successful${verb}`, `${verb} ${what} successful`)
    } catch (error) {
      if (error instanceof ApiError) {
        recorder.event(
          involvedObject(set),
          'Warning',
          `Failed${verb}`,
          `${verb} ${what} failed error: ${error.message}`,
        )
      }
      throw error
    }
  }

  function writeStatus(look: Look): void {
    const { set, update } = look
    const pods = [...look.replicas.values(), ...look.condemned]
    const created = pods.filter(({ status }) => status?.phase !== undefined)
    const count = (isCounted: (pod: Pod) => boolean) => created.filter(isCounted).length
    const ofRevision = (revision: ControllerRevision) =>
      count((pod) => !isDeleting(pod) && revisionOf(pod) === revision.metadata.name)
    const readyReplicas = count((pod) => isPodReady(pod))
    const updatedReplicas = ofRevision(update)
    const isRolledOut = updatedReplicas === created.length && readyReplicas === created.length
    const current = isRolledOut && set.spec?.updateStrategy?.type !== 'OnDelete' ? update : look.current
    const currentReplicas = ofRevision(current)
    const status: Status = {
      ...(set.metadata.generation !== undefined && { observedGeneration: set.metadata.generation }),
      replicas: created.length,
      ...(readyReplicas > 0 && { readyReplicas }),
      ...(currentReplicas > 0 && { currentReplicas }),
      ...(updatedReplicas > 0 && { updatedReplicas }),
      currentRevision: current.metadata.name ?? '',
      updateRevision: update.metadata.name ?? '',
      collisionCount: set.status?.collisionCount ?? 0,
      availableReplicas: count((pod) => isPodAvailable(pod, set.spec?.minReadySeconds ?? 0, timers.now())),
    }
    if (isEqual(set.status, status)) return
    unlessGone(() =>
      registry.change(setKind, refOf(set), (old) => ({ ...old, status }), { subresource: 'status' }),
    )
  }

  function isHealthy({ spec }: StatefulSet, pod: Pod): boolean {
    if (isDeleting(pod) || pod.status?.phase !== 'Running') return false
    return isPodAvailable(pod, spec?.minReadySeconds ?? 0, timers.now())
  }

  function hasUnavailable({ set, replicas }: Look): boolean {
    return [...replicas.values()].some((pod) => isPodReady(pod) && !isHealthy(set, pod) && !isDeleting(pod))
  }
}

/** The first ordinal, and the one after the last. */
function ordinalsOf({ spec }: StatefulSet): readonly [first: number, end: number] {
  const first = spec?.ordinals?.start ?? 0
  return [first, first + (spec?.replicas ?? 1)]
}

function revisionOf({ metadata }: Pod): string | undefined {
  return metadata.labels?.[REVISION]
}
