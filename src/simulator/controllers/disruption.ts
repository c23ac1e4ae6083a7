// The disruption controller: how many Pods a PodDisruptionBudget would let go right now.

import type { V1PodDisruptionBudgetStatus } from '@kubernetes/client-node'
import type { Json } from '../../pod/json.ts'
import { matchesLabels, structuredSelector } from '../../pod/label-selector.ts'
import { isDeleting } from '../../pod/phase.ts'
import { involvedObject } from '../events/event-recorder.ts'
import { kinds } from '../kinds/kinds.ts'
import type { PodDisruptionBudget } from '../kinds/pod-disruption-budget.ts'
import { podDisruptionBudget as budgetKind } from '../kinds/pod-disruption-budget.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import { pod as podKind } from '../kinds/pod/pod.ts'
import { isEqual } from '../store/equality.ts'
import { apiVersionOf } from '../store/kind.ts'
import type { KubeObject } from '../store/object.ts'
import { refOf, timestamp } from '../store/object.ts'
import type { Change } from '../store/store.ts'
import type { Controller } from './controller.ts'
import { recorderOf } from './controller.ts'
import { resolveIntOrPercent } from './int-or-percent.ts'
import { controllerOf } from './owned-pods.ts'
import { isPodReady } from './pod-readiness.ts'
import { unlessGone } from './pod-writes.ts'
import { refOfKey, WorkQueue } from './work-queue.ts'

type Status = Json<V1PodDisruptionBudgetStatus>

/** An eviction that was allowed and has not come about by then is forgotten (disruption.go: DeletionTimeout). */
const DELETION_TIMEOUT_MS = 120_000

/** How many Pods a budget is about, and how many of them have to be healthy. */
interface Expectation {
  readonly expected: number
  readonly desired: number
}

/** Source: pkg/controller/disruption/disruption.go:trySync. */
export const disruptionController: Controller = (context) => {
  const { registry, timers } = context
  const recorder = recorderOf(context, 'controllermanager')
  const queue = new WorkQueue({ ...context, random: context.random.fork('disruption'), reconcile })
  registry.store.subscribe('poddisruptionbudgets.policy', ({ object }) => queue.addObject(object))
  registry.store.subscribe('pods', (change) => onPod(change as Change<Pod>))
  for (const budget of registry.list(budgetKind)) queue.addObject(budget)

  function onPod({ object, previous, type }: Change<Pod>): void {
    const budgets = registry.list(budgetKind, object.metadata.namespace)
    const isNews =
      type !== 'MODIFIED' ||
      !previous ||
      isPodReady(object) !== isPodReady(previous) ||
      isDeleting(object) !== isDeleting(previous)
    if (budgets.length === 0 || !isNews) return
    for (const budget of budgets) {
      if (selects(budget, object)) queue.addObject(budget)
    }
  }

  function reconcile(key: string): void {
    const budget = registry.find(budgetKind, refOfKey(key))
    if (!budget) return
    const pods = registry.list(podKind, budget.metadata.namespace).filter((pod) => selects(budget, pod))
    const expectation = expectationOf(budget, pods)
    if (pods.length === 0) tell(budget, 'Normal', 'NoPods', 'No matching pods found')
    const disruptedPods = stillDisrupted(budget, pods)
    const currentHealthy = pods.filter(
      (pod) =>
        !isDeleting(pod) &&
        !(pod.metadata.name !== undefined && pod.metadata.name in disruptedPods) &&
        isPodReady(pod),
    ).length
    const { expected, desired } = expectation
    const disruptionsAllowed = expected > 0 ? Math.max(0, currentHealthy - desired) : 0
    const reason = disruptionsAllowed > 0 ? 'SufficientPods' : 'InsufficientPods'
    write(budget, {
      ...(budget.metadata.generation !== undefined && { observedGeneration: budget.metadata.generation }),
      ...(Object.keys(disruptedPods).length > 0 && { disruptedPods }),
      disruptionsAllowed,
      currentHealthy,
      desiredHealthy: desired,
      expectedPods: expected,
      conditions: conditionsOf(budget, disruptionsAllowed > 0, reason, ''),
    })
    const nextMs = Math.min(...Object.values(disruptedPods).map((at) => Date.parse(at) + DELETION_TIMEOUT_MS))
    if (nextMs !== Infinity) queue.addAfter(key, nextMs - timers.now())
  }

  /** Source: getExpectedPodCount. Shares and maxUnavailable count what the owners of the Pods want, not what there is. */
  function expectationOf(budget: PodDisruptionBudget, pods: readonly Pod[]): Expectation {
    const { minAvailable, maxUnavailable } = budget.spec ?? {}
    if (typeof minAvailable === 'number') return { expected: pods.length, desired: minAvailable }
    const wanted = wantedByOwners(budget, pods)
    if (minAvailable !== undefined) {
      return { expected: wanted, desired: resolveIntOrPercent(minAvailable, wanted, Math.ceil) }
    }
    const spare = resolveIntOrPercent(maxUnavailable ?? 0, wanted, Math.ceil)
    return { expected: wanted, desired: Math.max(0, wanted - spare) }
  }

  function wantedByOwners(budget: PodDisruptionBudget, pods: readonly Pod[]): number {
    const replicas = new Map<string, number>()
    for (const pod of pods) {
      const scaled = scaledOwnerOf(pod)
      if (scaled) replicas.set(scaled.uid, scaled.replicas)
    }
    if (pods.some((pod) => !controllerOf(pod))) tell(budget, 'Warning', 'UnmanagedPods', unmanaged(budget))
    return [...replicas.values()].reduce((sum, count) => sum + count, 0)
  }

  /** The nearest owner that has a scale, a ReplicaSet's Deployment before the ReplicaSet. */
  function scaledOwnerOf(
    object: KubeObject,
  ): { readonly uid: string; readonly replicas: number } | undefined {
    const reference = controllerOf(object)
    const kind =
      reference &&
      kinds.find(
        (candidate) => candidate.kind === reference.kind && apiVersionOf(candidate) === reference.apiVersion,
      )
    const owner = kind && registry.find(kind, { namespace: object.metadata.namespace, name: reference.name })
    if (!owner || owner.metadata.uid !== reference.uid) return undefined
    const replicas = kind.scale?.specReplicas(owner)
    return scaledOwnerOf(owner) ?? (replicas === undefined ? undefined : { uid: reference.uid, replicas })
  }

  /** Evictions on their way, which are not to be allowed twice. */
  function stillDisrupted({ status }: PodDisruptionBudget, pods: readonly Pod[]): Record<string, string> {
    const disrupted: Record<string, string> = {}
    for (const [name, at] of Object.entries(status?.disruptedPods ?? {})) {
      const pod = pods.find(({ metadata }) => metadata.name === name)
      const isOld = Date.parse(at) + DELETION_TIMEOUT_MS <= timers.now()
      if (pod && !isDeleting(pod) && !isOld) disrupted[name] = at
    }
    return disrupted
  }

  function tell(
    budget: PodDisruptionBudget,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
  ): void {
    recorder.event(involvedObject(budget), type, reason, message)
  }

  function conditionsOf(
    { metadata, status }: PodDisruptionBudget,
    isAllowed: boolean,
    reason: string,
    message: string,
  ): NonNullable<Status['conditions']> {
    const type = 'DisruptionAllowed'
    const value = isAllowed ? 'True' : 'False'
    const old = status?.conditions?.find((condition) => condition.type === type)
    const now = timestamp(timers.now())
    const lastTransitionTime = old?.status === value ? old.lastTransitionTime : now
    const { generation } = metadata
    const others = (status?.conditions ?? []).filter((condition) => condition !== old)
    return [
      ...others,
      {
        type,
        status: value,
        ...(generation !== undefined && { observedGeneration: generation }),
        lastTransitionTime,
        reason,
        message,
      },
    ]
  }

  function write(budget: PodDisruptionBudget, status: Status): void {
    if (isEqual(budget.status, status)) return
    unlessGone(() =>
      registry.change(budgetKind, refOf(budget), (old) => ({ ...old, status }), { subresource: 'status' }),
    )
  }
}

function selects({ spec }: PodDisruptionBudget, pod: Pod): boolean {
  const selector = structuredSelector(spec?.selector)
  return selector !== undefined && matchesLabels(selector, pod.metadata.labels)
}

/** The selector is shown as Go prints it. */
function unmanaged({ spec }: PodDisruptionBudget): string {
  const { matchLabels = {}, matchExpressions = [] } = spec?.selector ?? {}
  const labels = Object.entries(matchLabels).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const labelsText = labels.map(([key, value]) => `${key}: ${value},`).join('')
  const expressions = matchExpressions.map(
    ({ key, operator, values = [] }) =>
      `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(' ')}],},`,
  )
  const selector = `&LabelSelector{MatchLabels:map[string]string{${labelsText}},MatchExpressions:[]LabelSelectorRequirement{${expressions.join('')}},}`
  return `Pods selected by this PodDisruptionBudget (selector: ${selector}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.`
}
