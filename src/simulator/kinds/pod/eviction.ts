// pods/eviction: a deletion that disruption budgets may refuse.

import type { V1Eviction, V1PodDisruptionBudget } from '@kubernetes/client-node'
import { matchesLabels, structuredSelector } from '../../../pod/label-selector.ts'
import { plainFailure, tooManyRequests } from '../../store/api-error.ts'
import type { Context, Subresource, SubresourceCall } from '../../store/kind.ts'
import type { KubeObject, Stored } from '../../store/object.ts'
import { timestamp } from '../../store/object.ts'
import type { DeleteOptions } from '../../store/verbs/delete.ts'
import { mapShared } from '../defaulting.ts'
import { refuseOtherName } from './other-name.ts'
import type { Pod } from './pod.ts'

type Budget = Stored<V1PodDisruptionBudget>
type Eviction = Stored<V1Eviction>

const BUDGETS = 'poddisruptionbudgets.policy'
const REFUSAL = "Cannot evict pod as it would violate the pod's disruption budget."

/** Source: pkg/registry/core/pod/storage/eviction.go. */
export const evictionDoor: Subresource<Pod> = {
  name: 'eviction',
  verbs: ['create'],
  speaks: { group: 'policy', version: 'v1', kind: 'Eviction' },
  create(call) {
    const { registry, kind, ref, context } = call
    refuseOtherName(call, 'Eviction')
    const pod = registry.get(kind, ref)
    const options = deleteOptionsOf(call)
    const budget = needsNoBudget(pod) ? undefined : budgetOf(pod, context)
    const paid = budget && paidBudget(budget, pod, context)
    if (!options.dryRun) {
      if (paid) context.store.put(BUDGETS, paid)
      if (paid ?? !needsNoBudget(pod)) context.store.put('pods', withDisruptionTarget(pod, context.atMs))
    }
    registry.delete(kind, ref, options)
    return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } as KubeObject
  },
}

function deleteOptionsOf({ body, dryRun, fieldManager }: SubresourceCall<Pod>): DeleteOptions {
  const { deleteOptions = {} } = body as Eviction
  const { gracePeriodSeconds, preconditions, propagationPolicy } = deleteOptions
  return {
    gracePeriodSeconds,
    preconditions,
    propagationPolicy: propagationPolicy as DeleteOptions['propagationPolicy'],
    dryRun: dryRun || (deleteOptions.dryRun?.length ?? 0) > 0,
    fieldManager,
  }
}

/** A Pod that does not serve anybody yet, or any more, can go. */
function needsNoBudget({ metadata, status }: Pod): boolean {
  const phase = status?.phase ?? ''
  return metadata.deletionTimestamp !== undefined || ['Failed', 'Pending', 'Succeeded'].includes(phase)
}

function budgetOf({ metadata }: Pod, { store }: Context): Budget | undefined {
  const budgets = store.list(BUDGETS, metadata.namespace) as readonly Budget[]
  const matching = budgets.filter(({ spec }) => {
    const selector = structuredSelector(spec?.selector)
    return selector !== undefined && matchesLabels(selector, metadata.labels)
  })
  if (matching.length > 1) {
    const why =
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.'
    throw plainFailure(why)
  }
  return matching[0]
}

/** The budget with one disruption less, or the refusal. A Pod that is not ready costs nothing while enough others are. */
function paidBudget(budget: Budget, pod: Pod, { atMs }: Context): Budget | undefined {
  const { metadata, spec, status } = budget
  const isReady = pod.status?.conditions?.some(
    ({ type, status: state }) => type === 'Ready' && state === 'True',
  )
  const { currentHealthy = 0, desiredHealthy = 0, disruptionsAllowed = 0 } = status ?? {}
  const isFree =
    spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow' ||
    (currentHealthy >= desiredHealthy && desiredHealthy > 0)
  if (!isReady && isFree) return undefined
  if ((status?.observedGeneration ?? 0) < (metadata.generation ?? 0))
    refuse(`The disruption budget ${metadata.name} is still being processed by the server.`)
  if (disruptionsAllowed < 1) {
    const needs = `needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`
    const isTold = currentHealthy <= desiredHealthy
    refuse(
      `The disruption budget ${metadata.name} ${isTold ? needs : 'does not allow evicting pods currently'}`,
    )
  }
  const disruptedPods = { ...status?.disruptedPods, [pod.metadata.name ?? '']: timestamp(atMs) }
  const paid = { ...status, disruptionsAllowed: disruptionsAllowed - 1, disruptedPods }
  return { ...budget, status: paid as NonNullable<Budget['status']> }
}

function refuse(message: string): never {
  throw tooManyRequests(REFUSAL, [{ reason: 'DisruptionBudget', message }])
}

function withDisruptionTarget(pod: Pod, atMs: number): Pod {
  const target = {
    type: 'DisruptionTarget',
    status: 'True',
    lastProbeTime: null as unknown as string,
    lastTransitionTime: timestamp(atMs),
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  }
  const conditions = pod.status?.conditions ?? []
  const index = conditions.findIndex(({ type }) => type === 'DisruptionTarget')
  const changed =
    index < 0 ? [...conditions, target] : mapShared(conditions, (old, i) => (i === index ? target : old))
  return { ...pod, status: { ...pod.status, conditions: changed } }
}
