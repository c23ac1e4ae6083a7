// The CronJob controller: makes a Job whenever its schedule says so, and keeps a few of the old ones.

import type { V1CronJobStatus, V1ObjectReference } from '@kubernetes/client-node'
import { isTrue } from '../../pod/conditions.ts'
import type { Json } from '../../pod/json.ts'
import { involvedObject } from '../events/event-recorder.ts'
import type { CronJob } from '../kinds/cron-job.ts'
import { cronJob as cronJobKind } from '../kinds/cron-job.ts'
import { parseSchedule } from '../kinds/cron-schedule.ts'
import type { Job } from '../kinds/job/job.ts'
import { job as jobKind } from '../kinds/job/job.ts'
import { ApiError } from '../store/api-error.ts'
import { isEqual } from '../store/equality.ts'
import { refOf, timestamp } from '../store/object.ts'
import type { Controller } from './controller.ts'
import { recorderOf } from './controller.ts'
import { controllerReference, followDependents } from './owned-pods.ts'
import { unlessGone } from './pod-writes.ts'
import { refOfKey, WorkQueue } from './work-queue.ts'

type Status = Json<V1CronJobStatus>
type Reference = Json<V1ObjectReference>

const SCHEDULED_AT = 'batch.kubernetes.io/cronjob-scheduled-timestamp'
/** The controller looks a little after the minute, so that it is over (cronjob_controllerv2.go: nextScheduleDelta). */
const DELTA_MS = 100
/** More missed starts than that are told of, and skipped. */
const MAX_MISSED = 100

/** Source: pkg/controller/cronjob/cronjob_controllerv2.go:syncCronJob. */
export const cronJobController: Controller = (context) => {
  const { registry, timers } = context
  const recorder = recorderOf(context, 'cronjob-controller')
  const queue = new WorkQueue({ ...context, random: context.random.fork('cronjob'), reconcile })
  registry.store.subscribe('cronjobs.batch', ({ object }) => queue.addObject(object))
  followDependents({
    registry,
    queue,
    kind: cronJobKind,
    resource: 'jobs.batch',
    selectorOf: () => undefined,
  })
  for (const object of registry.list(cronJobKind)) queue.addObject(object)

  function reconcile(key: string): void {
    const cronJob = registry.find(cronJobKind, refOfKey(key))
    if (!cronJob?.spec || cronJob.metadata.deletionTimestamp) return
    const jobs = registry.store.by('jobs.batch', 'controller', cronJob.metadata.uid ?? '') as readonly Job[]
    const known = settle(cronJob, jobs)
    cleanUp(cronJob, jobs)
    const status = cronJob.spec.suspend ? known : startDue(key, cronJob, known, jobs)
    if (isEqual(cronJob.status ?? {}, status)) return
    unlessGone(() =>
      registry.change(cronJobKind, refOf(cronJob), (old) => ({ ...old, status }), {
        subresource: 'status',
      }),
    )
  }

  /** Takes ended Jobs off the list of active ones. */
  function settle(cronJob: CronJob, jobs: readonly Job[]): Status {
    let status: Status = cronJob.status ?? {}
    for (const reference of status.active ?? []) {
      const job = jobs.find(({ metadata }) => metadata.uid === reference.uid)
      if (job && !isFinished(job)) continue
      status = without(status, reference)
      if (job) {
        const type = isTrue(job, 'Complete') ? 'Complete' : 'Failed'
        tell(
          cronJob,
          'Normal',
          'SawCompletedJob',
          `Saw completed job: ${job.metadata.name}, condition: ${type}`,
        )
        const ended = job.status?.completionTime ?? ''
        if (type === 'Complete' && ended > (status.lastSuccessfulTime ?? '')) {
          status = { ...status, lastSuccessfulTime: ended }
        }
      } else tell(cronJob, 'Normal', 'MissingJob', `Active job went missing: ${reference.name}`)
    }
    return status
  }

  function startDue(key: string, cronJob: CronJob, status: Status, jobs: readonly Job[]): Status {
    const { spec } = cronJob
    const schedule = parseSchedule(spec?.schedule ?? '', spec?.timeZone)
    const nowMs = timers.now()
    const sinceMs = Date.parse(String(status.lastScheduleTime ?? cronJob.metadata.creationTimestamp))
    let dueMs: number | undefined
    let missed = 0
    for (let next = schedule.next(sinceMs); next !== undefined && next <= nowMs; next = schedule.next(next)) {
      dueMs = next
      if (++missed > MAX_MISSED) break
    }
    const nextMs = schedule.next(nowMs)
    if (nextMs !== undefined) queue.addAfter(key, nextMs - nowMs + DELTA_MS)
    if (dueMs === undefined) return status
    const deadlineSeconds = spec?.startingDeadlineSeconds
    if (deadlineSeconds !== undefined && dueMs + deadlineSeconds * 1_000 < nowMs) {
      tell(
        cronJob,
        'Warning',
        'MissSchedule',
        `Missed scheduled time to start a job: ${new Date(dueMs).toUTCString()}`,
      )
      return status
    }
    return start(cronJob, status, jobs, dueMs)
  }

  function start(cronJob: CronJob, status: Status, jobs: readonly Job[], dueMs: number): Status {
    const policy = cronJob.spec?.concurrencyPolicy
    const active = status.active ?? []
    if (policy === 'Forbid' && active.length > 0) {
      tell(
        cronJob,
        'Normal',
        'JobAlreadyActive',
        'Not starting job because prior execution is running and concurrency policy is Forbid',
      )
      return status
    }
    let cleared = status
    if (policy === 'Replace') {
      for (const reference of active) {
        const job = jobs.find(({ metadata }) => metadata.uid === reference.uid)
        if (job) remove(cronJob, job)
        cleared = without(cleared, reference)
      }
    }
    const job = create(cronJob, dueMs)
    const lastScheduleTime = timestamp(dueMs)
    if (!job) return { ...cleared, lastScheduleTime }
    return { ...cleared, active: [...(cleared.active ?? []), referenceTo(job)], lastScheduleTime }
  }

  function create(cronJob: CronJob, dueMs: number): Job | undefined {
    const { metadata, spec } = cronJob.spec?.jobTemplate ?? {}
    const { name, namespace } = cronJob.metadata
    try {
      const job = registry.create(jobKind, {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: {
          // Minutes since the epoch: the same start never makes two Jobs.
          name: `${name}-${Math.floor(dueMs / 60_000)}`,
          ...(namespace && { namespace }),
          ...(metadata?.labels && { labels: metadata.labels }),
          annotations: { ...metadata?.annotations, [SCHEDULED_AT]: timestamp(dueMs) },
          ownerReferences: [controllerReference(cronJobKind, cronJob)],
        },
        ...(spec && { spec }),
      })
      tell(cronJob, 'Normal', 'SuccessfulCreate', `Created job ${job.metadata.name}`)
      return job
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.reason !== 'AlreadyExists') {
        tell(cronJob, 'Warning', 'FailedCreate', `Error creating job: ${error.message}`)
        throw error
      }
      return undefined
    }
  }

  /** Ended Jobs beyond the limits go, the oldest first. */
  function cleanUp(cronJob: CronJob, jobs: readonly Job[]): void {
    const { successfulJobsHistoryLimit = 3, failedJobsHistoryLimit = 1 } = cronJob.spec ?? {}
    const byStart = jobs.toSorted((a, b) =>
      (a.status?.startTime ?? '').localeCompare(b.status?.startTime ?? ''),
    )
    const complete = byStart.filter((job) => isTrue(job, 'Complete'))
    const failed = byStart.filter((job) => isTrue(job, 'Failed'))
    for (const job of complete.slice(0, Math.max(0, complete.length - successfulJobsHistoryLimit)))
      remove(cronJob, job)
    for (const job of failed.slice(0, Math.max(0, failed.length - failedJobsHistoryLimit)))
      remove(cronJob, job)
  }

  function remove(cronJob: CronJob, job: Job): void {
    unlessGone(() => {
      registry.delete(jobKind, refOf(job), { propagationPolicy: 'Background' })
      tell(cronJob, 'Normal', 'SuccessfulDelete', `Deleted job ${job.metadata.name}`)
    })
  }

  function tell(cronJob: CronJob, type: 'Normal' | 'Warning', reason: string, message: string): void {
    recorder.event(involvedObject(cronJob), type, reason, message)
  }
}

function isFinished(job: Job): boolean {
  return isTrue(job, 'Complete') || isTrue(job, 'Failed')
}

function without({ active = [], ...status }: Status, reference: Reference): Status {
  const left = active.filter(({ uid }) => uid !== reference.uid)
  return { ...status, ...(left.length > 0 && { active: left }) }
}

function referenceTo({ metadata }: Job): Reference {
  const { namespace, name, uid, resourceVersion } = metadata
  return { kind: 'Job', namespace, name, uid, apiVersion: 'batch/v1', resourceVersion } as Reference
}
