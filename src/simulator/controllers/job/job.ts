// The job controller: runs Pods until enough have succeeded or too many have failed.

import type { V1JobCondition } from '@kubernetes/client-node'
import { condition } from '../../../pod/conditions.ts'
import type { Json } from '../../../pod/json.ts'
import { structuredSelector } from '../../../pod/label-selector.ts'
import { involvedObject } from '../../events/event-recorder.ts'
import type { Job } from '../../kinds/job/job.ts'
import { job as jobKind } from '../../kinds/job/job.ts'
import type { Pod } from '../../kinds/pod/pod.ts'
import { pod as podKind } from '../../kinds/pod/pod.ts'
import type { ApiError } from '../../store/api-error.ts'
import { isEqual } from '../../store/equality.ts'
import { refOf, timestamp } from '../../store/object.ts'
import type { Controller } from '../controller.ts'
import { recorderOf } from '../controller.ts'
import { deletionOrder } from '../deletion-order.ts'
import { claimedPods, controllerOf, followDependents } from '../owned-pods.ts'
import { PodControl } from '../pod-control.ts'
import { unlessGone } from '../pod-writes.ts'
import { refOfKey, WorkQueue } from '../work-queue.ts'
import type { Assessment, JobStatus, Outcome } from './assessment.ts'
import { assess, isFinished, statusCounts, TRACKING, wantedPods } from './assessment.ts'
import { BackOffs } from './back-offs.ts'
import { indexedShape, nextIndexes } from './indexed-pods.ts'

type Condition = Json<V1JobCondition>

/** No more Pods than that are made in one go (job_controller.go: MaxPodCreateDeletePerSync). */
const BURST = 500

/** Source: pkg/controller/job/job_controller.go. */
export const jobController: Controller = (context) => {
  const { registry, timers, timing } = context
  const recorder = recorderOf(context, 'job-controller')
  const control = new PodControl(registry, jobKind, recorder)
  const queue = new WorkQueue({ ...context, random: context.random.fork('job'), reconcile })
  const backOffs = new BackOffs(timing)
  registry.store.subscribe('jobs.batch', ({ type, object }) => {
    if (type === 'DELETED') releasePodsOf(object as Job)
    queue.addObject(object)
  })
  followDependents({
    registry,
    // Changes of Pods are taken together: a Job with many of them would never rest.
    queue: { add: (key) => queue.addAfter(key, timing.jobBatchMs) },
    kind: jobKind,
    resource: 'pods',
    selectorOf: ({ spec }) => structuredSelector(spec?.selector),
  })
  for (const object of registry.list(jobKind)) queue.addObject(object)

  function reconcile(key: string): void {
    const job = registry.find(jobKind, refOfKey(key))
    const selector = job && structuredSelector(job.spec?.selector)
    if (!job || !selector || isFinished(job)) return backOffs.forget(key)
    const pods = claimedPods(registry, jobKind, job, selector)
    const found = assess(job, pods, timers.now())
    backOffs.count(key, found)
    const refusal = job.metadata.deletionTimestamp ? undefined : act(key, job, found)
    count(job, found)
    if (refusal) throw refusal
  }

  /** Makes or unmakes Pods, before anything of it shows in the status. */
  function act(key: string, job: Job, found: Assessment): ApiError | undefined {
    if (found.outcome || job.spec?.suspend) {
      for (const pod of found.active) control.delete(job, pod)
      return undefined
    }
    planDeadline(key, job)
    const wanted = wantedPods(job, found)
    const surplus = found.active.length - Math.max(0, wanted)
    if (surplus > 0) {
      for (const pod of deletionOrder(found.active, found.active).slice(0, surplus)) control.delete(job, pod)
      return undefined
    }
    return create(key, job, found, Math.min(-surplus - replacedLater(job, found), BURST))
  }

  /** With `podReplacementPolicy: Failed` a Pod on its way out keeps its place until it has ended. */
  function replacedLater({ spec }: Job, { terminating }: Assessment): number {
    return spec?.podReplacementPolicy === 'Failed' ? terminating.length : 0
  }

  function create(key: string, job: Job, found: Assessment, missing: number): ApiError | undefined {
    const template = job.spec?.template
    if (missing <= 0 || !template) return undefined
    const waitMs = backOffs.remainingMs(key, timers.now())
    if (waitMs > 0) {
      queue.addAfter(key, waitMs)
      return undefined
    }
    const finalizers = [TRACKING]
    if (job.spec?.completionMode !== 'Indexed')
      return control.createMany(job, template, missing, { finalizers })
    let refusal: ApiError | undefined
    for (const index of nextIndexes(job, found, missing)) {
      refusal =
        control.createMany(job, template, 1, { ...indexedShape(job, index, found), finalizers }) ?? refusal
    }
    return refusal
  }

  /**
   * Ended Pods are counted in two steps, so that none is counted twice: their uids are written, their finalizer goes,
   * then the numbers grow. Source: trackJobStatusAndRemoveFinalizers.
   */
  function count(job: Job, found: Assessment): void {
    const uids = (pods: readonly Pod[]) => pods.map(({ metadata }) => metadata.uid ?? '')
    const { newlySucceeded, newlyFailed, ignored, outcome } = found
    const uncounted = {
      ...(newlySucceeded.length > 0 && { succeeded: uids(newlySucceeded) }),
      ...(newlyFailed.length > 0 && { failed: uids(newlyFailed) }),
    }
    const before = statusFor(job, found)
    const written = write(job, { ...before, uncountedTerminatedPods: uncounted })
    const ended = [...newlySucceeded, ...newlyFailed, ...ignored]
    if (ended.length === 0 && !isOver(found)) return
    timers.at(timers.now() + timing.apiCallMs.medianMs * Math.max(1, ended.length), () => {
      for (const pod of ended) release(pod)
      const current = registry.find(jobKind, refOf(job))
      if (current?.metadata.uid !== job.metadata.uid) return
      finishCount(current ?? written, found, outcome)
    })
  }

  function finishCount(job: Job, found: Assessment, outcome: Outcome | undefined): void {
    const { newlySucceeded, newlyFailed } = found
    const isIndexed = job.spec?.completionMode === 'Indexed'
    const succeeded = isIndexed ? found.succeeded : (job.status?.succeeded ?? 0) + newlySucceeded.length
    const failed = (job.status?.failed ?? 0) + newlyFailed.length
    const counted: JobStatus = {
      ...job.status,
      ...(succeeded > 0 && { succeeded }),
      ...(failed > 0 && { failed }),
      uncountedTerminatedPods: {},
    }
    if (!outcome || !isOver(found)) {
      write(job, counted)
      return
    }
    write(job, finalStatus(counted, outcome))
    const isSuccess = outcome.type === 'SuccessCriteriaMet'
    tell(
      job,
      isSuccess ? 'Normal' : 'Warning',
      isSuccess ? 'Completed' : outcome.reason,
      isSuccess ? 'Job completed' : outcome.message,
    )
  }

  /** The final condition comes when the last Pod has ended. */
  function isOver({ outcome, active, terminating }: Assessment): boolean {
    return outcome !== undefined && active.length === 0 && terminating.length === 0
  }

  function finalStatus(status: JobStatus, { type, reason, message }: Outcome): JobStatus {
    const isSuccess = type === 'SuccessCriteriaMet'
    const final = conditionNow(isSuccess ? 'Complete' : 'Failed', 'True', reason, message)
    return {
      ...status,
      conditions: [...(status.conditions ?? []), final],
      ...(isSuccess && { completionTime: timestamp(timers.now()) }),
    }
  }

  function statusFor(job: Job, found: Assessment): JobStatus {
    const { active: _a, ready: _r, terminating: _t, ...kept } = job.status ?? {}
    // What was just deleted is still counted as active: its deletion is news for the next time.
    const conditions = conditionsFor(job, found)
    const isSuspended = job.spec?.suspend === true
    const startTime = isSuspended ? undefined : (job.status?.startTime ?? timestamp(timers.now()))
    const { startTime: _s, ...rest } = kept
    const counts = statusCounts(job, afterActing(job, found))
    return {
      ...rest,
      ...(startTime && { startTime }),
      ...(conditions.length > 0 && { conditions }),
      ...counts,
    }
  }

  /** The Pods as they are now that some have been made or unmade. */
  function afterActing(job: Job, found: Assessment): Assessment {
    const selector = structuredSelector(job.spec?.selector) ?? []
    const now = assess(job, claimedPods(registry, jobKind, job, selector), timers.now())
    return { ...found, active: now.active, terminating: now.terminating }
  }

  function conditionsFor(job: Job, { outcome }: Assessment): readonly Condition[] {
    const conditions = withSuspension(job)
    if (!outcome || condition(job, outcome.type)?.status === 'True') return conditions
    return [...conditions, conditionNow(outcome.type, 'True', outcome.reason, outcome.message)]
  }

  function withSuspension(job: Job): readonly Condition[] {
    const conditions = job.status?.conditions ?? []
    const isSuspended = job.spec?.suspend === true
    const known = condition(job, 'Suspended')
    const wasSuspended = known?.status === 'True'
    if (isSuspended === wasSuspended) return conditions
    const [reason, message] = isSuspended ? ['JobSuspended', 'Job suspended'] : ['JobResumed', 'Job resumed']
    tell(job, 'Normal', isSuspended ? 'Suspended' : 'Resumed', message)
    const now = conditionNow('Suspended', isSuspended ? 'True' : 'False', reason, message)
    return known ? conditions.map((other) => (other === known ? now : other)) : [...conditions, now]
  }

  function conditionNow(type: string, status: 'False' | 'True', reason: string, message: string): Condition {
    const now = timestamp(timers.now())
    return { type, status, lastProbeTime: now, lastTransitionTime: now, reason, message }
  }

  function planDeadline(key: string, { spec, status }: Job): void {
    const seconds = spec?.activeDeadlineSeconds
    if (seconds === undefined) return
    const startMs = status?.startTime ? Date.parse(status.startTime) : timers.now()
    queue.addAfter(key, Math.max(0, startMs + seconds * 1_000 - timers.now()))
  }

  function write(job: Job, status: JobStatus): Job {
    if (isEqual(job.status ?? {}, status)) return job
    let written = job
    unlessGone(() => {
      written = registry.change(jobKind, refOf(job), (old) => ({ ...old, status }), {
        subresource: 'status',
      })
    })
    return written
  }

  /** Lets an ended Pod go: it has been counted, or nobody is left to count it. */
  function release(pod: Pod): void {
    unlessGone(() =>
      registry.change(podKind, refOf(pod), (old) => {
        const { finalizers = [], ...metadata } = old.metadata
        const kept = finalizers.filter((name) => name !== TRACKING)
        return { ...old, metadata: { ...metadata, ...(kept.length > 0 && { finalizers: kept }) } }
      }),
    )
  }

  function releasePodsOf(job: Job): void {
    const pods = registry.store.by('pods', 'controller', job.metadata.uid ?? '') as readonly Pod[]
    for (const pod of pods) if (controllerOf(pod)?.uid === job.metadata.uid) release(pod)
  }

  function tell(job: Job, type: 'Normal' | 'Warning', reason: string, message: string): void {
    recorder.event(involvedObject(job), type, reason, message)
  }
}
