// The DaemonSet controller: one Pod of a template on every node that can take it.

import type { V1DaemonSetStatus } from '@kubernetes/client-node'
import type { Json, PodTemplateSpec } from '../../../pod/json.ts'
import { structuredSelector } from '../../../pod/label-selector.ts'
import { isDeleting } from '../../../pod/phase.ts'
import { involvedObject } from '../../events/event-recorder.ts'
import type { DaemonSet } from '../../kinds/daemon-set.ts'
import { daemonSet as daemonSetKind } from '../../kinds/daemon-set.ts'
import { resolveIntOrPercent } from '../int-or-percent.ts'
import type { Node } from '../../kinds/node.ts'
import { node as nodeKind } from '../../kinds/node.ts'
import type { Pod } from '../../kinds/pod/pod.ts'
import type { ApiError } from '../../store/api-error.ts'
import { isEqual } from '../../store/equality.ts'
import { keyOf, refOf } from '../../store/object.ts'
import type { Change } from '../../store/store.ts'
import type { Controller } from '../controller.ts'
import { recorderOf } from '../controller.ts'
import { claimedPods, followDependents } from '../owned-pods.ts'
import { PodControl } from '../pod-control.ts'
import { isPodAvailable, isPodReady } from '../pod-readiness.ts'
import { unlessGone } from '../pod-writes.ts'
import { currentRevision, revisionsOf, truncateHistory } from '../revision-history.ts'
import { templateHash } from '../template-hash.ts'
import { refOfKey, WorkQueue } from '../work-queue.ts'
import { daemonPodSpec, placementOn } from './placement.ts'

const HASH = 'controller-revision-hash'
const GENERATION = 'pod-template-generation'
const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation'

/** A DaemonSet with what one look at it finds. */
interface Look {
  readonly set: DaemonSet
  readonly template: PodTemplateSpec
  readonly hash: string
  readonly podsByNode: ReadonlyMap<string, readonly Pod[]>
}

/** Source: pkg/controller/daemon/daemon_controller.go, update.go. */
export const daemonSetController: Controller = (context) => {
  const { registry, timers } = context
  const recorder = recorderOf(context, 'daemonset-controller')
  const control = new PodControl(registry, daemonSetKind, recorder)
  const queue = new WorkQueue({ ...context, random: context.random.fork('daemonset'), reconcile })
  registry.store.subscribe('daemonsets.apps', ({ object }) => queue.addObject(object))
  registry.store.subscribe('nodes', (change) => {
    const { object, previous } = change as Change<Node>
    // A heartbeat makes no difference to where Pods run.
    if (
      previous &&
      object.metadata.labels === previous.metadata.labels &&
      isEqual(object.spec, previous.spec)
    )
      return
    for (const set of registry.list(daemonSetKind)) queue.addObject(set)
  })
  followDependents({
    registry,
    queue,
    kind: daemonSetKind,
    resource: 'pods',
    selectorOf: ({ spec }) => structuredSelector(spec?.selector),
  })
  followDependents({
    registry,
    queue,
    kind: daemonSetKind,
    resource: 'controllerrevisions.apps',
    selectorOf: ({ spec }) => structuredSelector(spec?.selector),
  })
  for (const set of registry.list(daemonSetKind)) queue.addObject(set)

  function reconcile(key: string): void {
    const set = registry.find(daemonSetKind, refOfKey(key))
    const template = set?.spec?.template
    if (!set || !template || set.metadata.deletionTimestamp) return
    const look = lookAt(set, template)
    const refusal = manage(look)
    if (!refusal && set.spec?.updateStrategy?.type !== 'OnDelete') roll(look)
    writeStatus(lookAt(set, template))
    if (refusal) throw refusal
  }

  function lookAt(set: DaemonSet, template: PodTemplateSpec): Look {
    const revisions = revisionsOf(registry, daemonSetKind, set, set.spec?.selector)
    const hash = templateHash(template, set.status?.collisionCount)
    const revision = currentRevision({
      registry,
      kind: daemonSetKind,
      owner: set,
      revisions,
      template,
      shape: () => ({
        name: `${set.metadata.name}-${hash}`,
        labels: { ...template.metadata?.labels, [HASH]: hash },
        annotations: { [TEMPLATE_GENERATION]: generationOf(set) },
      }),
    })
    const selector = structuredSelector(set.spec?.selector) ?? []
    const pods = claimedPods(registry, daemonSetKind, set, selector)
    const podsByNode = new Map<string, Pod[]>()
    for (const pod of pods) podsByNode.set(nodeNameOf(pod), [...(podsByNode.get(nodeNameOf(pod)) ?? []), pod])
    const used = new Set(pods.map(({ metadata }) => metadata.labels?.[HASH]))
    truncateHistory(
      registry,
      revisions,
      (old) => old.metadata.uid === revision.metadata.uid || used.has(old.metadata.labels?.[HASH]),
      set.spec?.revisionHistoryLimit ?? 10,
    )
    return { set, template, hash: revision.metadata.labels?.[HASH] ?? hash, podsByNode }
  }

  /** Starts what is missing, ends what is too much or has failed. Source: daemon_controller.go:manage, podsShouldBeOnNode. */
  function manage(look: Look): ApiError | undefined {
    const { set, template, podsByNode } = look
    const surplus: Pod[] = []
    const missing: string[] = []
    const nodes = registry.list(nodeKind)
    for (const node of nodes) {
      const name = node.metadata.name ?? ''
      const { shouldRun, mayStay } = placementOn(node, template)
      const pods = podsByNode.get(name) ?? []
      const failed = pods.filter(({ status }) => status?.phase === 'Failed' || status?.phase === 'Succeeded')
      const running = pods.filter((pod) => !failed.includes(pod) && !isDeleting(pod))
      if (mayStay) for (const pod of failed) if (!isDeleting(pod)) replaceFailed(set, pod)
      if (shouldRun && pods.length === 0) missing.push(name)
      else if (!mayStay) surplus.push(...running)
      else surplus.push(...running.toSorted(byCreation).slice(1))
    }
    const names = new Set(nodes.map(({ metadata }) => metadata.name))
    for (const [name, pods] of podsByNode)
      if (name && !names.has(name)) surplus.push(...pods.filter((pod) => !isDeleting(pod)))
    for (const pod of surplus) control.delete(set, pod)
    return create(look, missing)
  }

  function replaceFailed(set: DaemonSet, pod: Pod): void {
    const { type, reason } = pod.status?.phase === 'Failed' ? FAILED : SUCCEEDED
    const what = pod.status?.phase === 'Failed' ? 'failed' : 'succeeded'
    const message = `Found ${what} daemon pod ${keyOf(refOf(pod))} on node ${nodeNameOf(pod)}, will try to ${what === 'failed' ? 'kill' : 'delete'} it`
    recorder.event(involvedObject(set), type, reason, message)
    control.delete(set, pod)
  }

  function create({ set, template, hash }: Look, nodeNames: readonly string[]): ApiError | undefined {
    let refusal: ApiError | undefined
    for (const nodeName of nodeNames) {
      const spec = daemonPodSpec(template.spec ?? { containers: [] }, nodeName)
      const labels = { [HASH]: hash, [GENERATION]: generationOf(set) }
      refusal = control.createMany(set, template, 1, { labels, spec }) ?? refusal
    }
    return refusal
  }

  /** Replaces Pods of an older template, no more at once than maxUnavailable allows. Source: update.go:rollingUpdate. */
  function roll(look: Look): void {
    const { set, template, hash, podsByNode } = look
    const wanted = registry.list(nodeKind).filter((node) => placementOn(node, template).shouldRun)
    const limit = resolveIntOrPercent(
      set.spec?.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1,
      wanted.length,
      Math.ceil,
    )
    const candidates: Pod[] = []
    let unavailable = 0
    for (const node of wanted) {
      const pods = podsByNode.get(node.metadata.name ?? '') ?? []
      const isNew = ({ metadata }: Pod) => metadata.labels?.[HASH] === hash
      const old = pods.find((pod) => !isNew(pod))
      const current = pods.find(isNew)
      if (!old || current) unavailable += Number(!current || !isAvailable(set, current))
      else if (isDeleting(old)) unavailable++
      else if (!isAvailable(set, old)) control.delete(set, old)
      else candidates.push(old)
    }
    for (const pod of candidates.slice(0, Math.max(0, limit - unavailable))) control.delete(set, pod)
  }

  function writeStatus({ set, template, hash, podsByNode }: Look): void {
    const count = { desired: 0, current: 0, misscheduled: 0, ready: 0, updated: 0, available: 0 }
    for (const node of registry.list(nodeKind)) {
      const { shouldRun } = placementOn(node, template)
      const pod = (podsByNode.get(node.metadata.name ?? '') ?? []).toSorted(byCreation)[0]
      if (!shouldRun) count.misscheduled += Number(pod !== undefined)
      else {
        count.desired++
        if (!pod) continue
        count.current++
        count.ready += Number(isPodReady(pod))
        count.available += Number(isAvailable(set, pod))
        count.updated += Number(pod.metadata.labels?.[HASH] === hash)
      }
    }
    const unavailable = count.desired - count.available
    const { collisionCount } = set.status ?? {}
    const status: Json<V1DaemonSetStatus> = {
      currentNumberScheduled: count.current,
      numberMisscheduled: count.misscheduled,
      desiredNumberScheduled: count.desired,
      numberReady: count.ready,
      ...(set.metadata.generation !== undefined && { observedGeneration: set.metadata.generation }),
      ...(count.updated > 0 && { updatedNumberScheduled: count.updated }),
      ...(count.available > 0 && { numberAvailable: count.available }),
      ...(unavailable > 0 && { numberUnavailable: unavailable }),
      ...(collisionCount !== undefined && { collisionCount }),
    }
    if (isEqual(set.status, status)) return
    unlessGone(() =>
      registry.change(daemonSetKind, refOf(set), (old) => ({ ...old, status }), { subresource: 'status' }),
    )
  }

  function isAvailable({ spec }: DaemonSet, pod: Pod): boolean {
    return isPodAvailable(pod, spec?.minReadySeconds ?? 0, timers.now())
  }
}

const FAILED = { type: 'Warning', reason: 'FailedDaemonPod' } as const
const SUCCEEDED = { type: 'Normal', reason: 'SucceededDaemonPod' } as const

/** The node of a Pod, or the one for which it was made. Source: daemon/util:GetTargetNodeName. */
function nodeNameOf({ spec }: Pod): string {
  const terms =
    spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  return spec?.nodeName || (terms?.[0]?.matchFields?.[0]?.values?.[0] ?? '')
}

function generationOf({ metadata }: DaemonSet): string {
  return metadata.annotations?.[TEMPLATE_GENERATION] ?? '1'
}

function byCreation(a: Pod, b: Pod): number {
  return (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? '')
}
