// Where a Job stands: which of its Pods count, and whether it has succeeded or failed. Pure.

import type { V1JobStatus } from '@kubernetes/client-node'
import { condition, isTrue } from '../../../pod/conditions.ts'
import type { Json } from '../../../pod/json.ts'
import { isDeleting } from '../../../pod/phase.ts'
import type { Job } from '../../kinds/job/job.ts'
import type { Pod } from '../../kinds/pod/pod.ts'
import { isActivePod } from '../owned-pods.ts'
import { failureVerdict } from './failure-policy.ts'
import { failuresBefore, formatIndexes, indexOf, parseIndexes } from './indexes.ts'

export type JobStatus = Json<V1JobStatus>

/** Keeps an ended Pod until the Job has counted it. */
export const TRACKING = 'batch.kubernetes.io/job-tracking'

/** Why a Job is to end. */
export interface Outcome {
  readonly type: 'FailureTarget' | 'SuccessCriteriaMet'
  readonly reason: string
  readonly message: string
}

/** What one look at a Job and its Pods finds. */
export interface Assessment {
  readonly active: readonly Pod[]
  /** On their way out, and not ended yet. */
  readonly terminating: readonly Pod[]
  /** Ended Pods that the status does not count yet. */
  readonly newlySucceeded: readonly Pod[]
  readonly newlyFailed: readonly Pod[]
  readonly ignored: readonly Pod[]
  /** Of all time, newly ended ones included. */
  readonly succeeded: number
  readonly failed: number
  readonly succeededIndexes: ReadonlySet<number>
  readonly failedIndexes: ReadonlySet<number>
  readonly outcome: Outcome | undefined
}

/** Source: pkg/controller/job/job_controller.go:syncJob. */
export function assess(job: Job, pods: readonly Pod[], nowMs: number): Assessment {
  const active = pods.filter(isActivePod)
  const terminating = pods.filter((pod) => isDeleting(pod) && !hasEnded(pod))
  const uncounted = pods.filter(isUncounted)
  const newlySucceeded = uncounted.filter((pod) => pod.status?.phase === 'Succeeded' && isWanted(job, pod))
  const ended = uncounted.filter((pod) => isFailed(job, pod))
  const ignored = ended.filter((pod) => failureVerdict(job, pod).action === 'Ignore')
  const newlyFailed = ended.filter((pod) => !ignored.includes(pod))
  const indexes = countedIndexes(job, newlySucceeded, newlyFailed)
  const isIndexed = job.spec?.completionMode === 'Indexed'
  const succeeded = isIndexed
    ? indexes.succeededIndexes.size
    : (job.status?.succeeded ?? 0) + newlySucceeded.length
  const failed = (job.status?.failed ?? 0) + newlyFailed.length
  const found = { active, terminating, newlySucceeded, newlyFailed, ignored, succeeded, failed, ...indexes }
  return { ...found, outcome: standing(job) ?? failure(job, pods, found, nowMs) ?? success(job, found) }
}

/** Whether the Job has its final condition. */
export function isFinished(job: Job): boolean {
  return isTrue(job, 'Complete') || isTrue(job, 'Failed')
}

export function hasEnded({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed'
}

/** How many Pods shall run at once now. Source: job_controller.go:manageJob, getWantedPods. */
export function wantedPods({ spec }: Job, { active, succeeded }: Assessment): number {
  const { completions, parallelism = 1 } = spec ?? {}
  // Without a number of completions the first success means: no new ones.
  if (completions === undefined) return succeeded > 0 ? active.length : parallelism
  return Math.min(parallelism, completions - succeeded)
}

/** A wish to end that was written before stays. */
function standing(job: Job): Outcome | undefined {
  for (const type of ['FailureTarget', 'SuccessCriteriaMet'] as const) {
    const known = condition(job, type)
    if (known?.status === 'True') return { type, reason: known.reason ?? '', message: known.message ?? '' }
  }
  return undefined
}

type Counts = Omit<Assessment, 'outcome'>

function failure(job: Job, pods: readonly Pod[], counts: Counts, nowMs: number): Outcome | undefined {
  const { spec, status } = job
  const fail = (reason: string, message: string): Outcome => ({ type: 'FailureTarget', reason, message })
  const verdicts = counts.newlyFailed.map((pod) => failureVerdict(job, pod))
  const failJob = verdicts.find(({ action }) => action === 'FailJob')
  if (failJob) return fail('PodFailurePolicy', failJob.message ?? '')
  const limit = spec?.backoffLimit ?? 6
  if (counts.failed > limit || isPastLimitOnFailure(job, pods, limit)) {
    return fail('BackoffLimitExceeded', 'Job has reached the specified backoff limit')
  }
  const deadlineSeconds = spec?.activeDeadlineSeconds
  const startedMs = Date.parse(status?.startTime ?? '')
  if (deadlineSeconds !== undefined && !spec?.suspend && nowMs - startedMs >= deadlineSeconds * 1_000) {
    return fail('DeadlineExceeded', 'Job was active longer than specified deadline')
  }
  return indexFailure(job, counts, fail)
}

function indexFailure(
  { spec }: Job,
  { failedIndexes, succeededIndexes, active }: Counts,
  fail: (reason: string, message: string) => Outcome,
): Outcome | undefined {
  if (spec?.backoffLimitPerIndex === undefined) return undefined
  const { maxFailedIndexes, completions = 0 } = spec
  if (maxFailedIndexes !== undefined && failedIndexes.size > maxFailedIndexes) {
    return fail('MaxFailedIndexesExceeded', 'Job has exceeded the specified maximal number of failed indexes')
  }
  const isDone = failedIndexes.size + succeededIndexes.size >= completions && active.length === 0
  return isDone && failedIndexes.size > 0 ? fail('FailedIndexes', 'Job has failed indexes') : undefined
}

function success({ spec, status }: Job, counts: Counts): Outcome | undefined {
  const meet = (reason: string, message: string): Outcome => ({ type: 'SuccessCriteriaMet', reason, message })
  const rule = (spec?.successPolicy?.rules ?? []).findIndex(({ succeededIndexes, succeededCount }) => {
    const wanted = succeededIndexes === undefined ? undefined : parseIndexes(succeededIndexes)
    const met = [...counts.succeededIndexes].filter((index) => wanted?.has(index) ?? true).length
    return met > 0 && met >= (succeededCount ?? wanted?.size ?? Infinity)
  })
  if (rule >= 0) return meet('SuccessPolicy', `Matched rules at index ${rule}`)
  if (!status?.startTime || counts.active.length > 0) return undefined
  const isReached =
    spec?.completions === undefined ? counts.succeeded > 0 : counts.succeeded >= spec.completions
  return isReached ? meet('CompletionsReached', 'Reached expected number of succeeded pods') : undefined
}

/** Where Pods restart in place, it is their restarts that are counted. Source: pastBackoffLimitOnFailure. */
function isPastLimitOnFailure({ spec }: Job, pods: readonly Pod[], limit: number): boolean {
  if (spec?.template.spec?.restartPolicy !== 'OnFailure') return false
  const restarts = pods
    .filter(({ status }) => status?.phase === 'Running' || status?.phase === 'Pending')
    .flatMap(({ status }) => [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])])
    .reduce((sum, { restartCount }) => sum + restartCount, 0)
  return limit === 0 ? restarts > 0 : restarts >= limit
}

function countedIndexes(job: Job, newlySucceeded: readonly Pod[], newlyFailed: readonly Pod[]) {
  const succeededIndexes = new Set(parseIndexes(job.status?.completedIndexes))
  const failedIndexes = new Set(parseIndexes(job.status?.failedIndexes))
  for (const pod of newlySucceeded) succeededIndexes.add(indexOf(pod) ?? -1)
  const limit = job.spec?.backoffLimitPerIndex
  for (const pod of newlyFailed) {
    const isLast = limit !== undefined && failuresBefore(pod) >= limit
    if (isLast || failureVerdict(job, pod).action === 'FailIndex') failedIndexes.add(indexOf(pod) ?? -1)
  }
  for (const indexes of [succeededIndexes, failedIndexes]) indexes.delete(-1)
  return { succeededIndexes, failedIndexes }
}

/** A Pod on its way out counts as failed at once, unless only failed ones are replaced. Source: isPodFailed. */
function isFailed({ spec }: Job, pod: Pod): boolean {
  if (pod.status?.phase === 'Failed') return true
  return spec?.podReplacementPolicy !== 'Failed' && isDeleting(pod) && pod.status?.phase !== 'Succeeded'
}

function isUncounted({ metadata }: Pod): boolean {
  return (metadata.finalizers ?? []).includes(TRACKING)
}

/** Of two Pods of an index only one counts; a Pod beyond the completions does not. */
function isWanted({ spec, status }: Job, pod: Pod): boolean {
  if (spec?.completionMode !== 'Indexed') return true
  const index = indexOf(pod)
  return (
    index !== undefined &&
    index < (spec.completions ?? 0) &&
    !parseIndexes(status?.completedIndexes).has(index)
  )
}

/** The part of the status that follows from the Pods. */
export function statusCounts(
  job: Job,
  { active, terminating, succeededIndexes, failedIndexes }: Assessment,
): JobStatus {
  const isIndexed = job.spec?.completionMode === 'Indexed'
  const completed = formatIndexes(succeededIndexes)
  return {
    ...(active.length > 0 && { active: active.length }),
    terminating: terminating.length,
    ready: active.filter((pod) => isTrue(pod, 'Ready')).length,
    ...(isIndexed && completed !== '' && { completedIndexes: completed }),
    ...(job.spec?.backoffLimitPerIndex !== undefined && { failedIndexes: formatIndexes(failedIndexes) }),
  }
}
