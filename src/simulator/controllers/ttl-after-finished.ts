// The TTL controller: Jobs that have ended go after ttlSecondsAfterFinished, with their Pods.

import { condition } from '../../pod/conditions.ts'
import type { Job } from '../kinds/job/job.ts'
import { job as jobKind } from '../kinds/job/job.ts'
import { refOf } from '../store/object.ts'
import type { Controller } from './controller.ts'
import { unlessGone } from './pod-writes.ts'
import { refOfKey, WorkQueue } from './work-queue.ts'

/** Source: pkg/controller/ttlafterfinished/ttlafterfinished_controller.go. */
export const ttlAfterFinishedController: Controller = (context) => {
  const { registry, timers } = context
  const queue = new WorkQueue({ ...context, random: context.random.fork('ttl'), reconcile })
  registry.store.subscribe('jobs.batch', ({ type, object }) => {
    if (type !== 'DELETED' && dueMs(object as Job) !== undefined) queue.addObject(object)
  })

  function reconcile(key: string): void {
    const job = registry.find(jobKind, refOfKey(key))
    const atMs = job && dueMs(job)
    if (!job || atMs === undefined || job.metadata.deletionTimestamp) return
    if (timers.now() < atMs) return queue.addAfter(key, atMs - timers.now())
    const preconditions = { uid: job.metadata.uid ?? '' }
    unlessGone(() => registry.delete(jobKind, refOf(job), { propagationPolicy: 'Foreground', preconditions }))
  }
}

function dueMs(job: Job): number | undefined {
  const seconds = job.spec?.ttlSecondsAfterFinished
  const end = ['Complete', 'Failed']
    .map((type) => condition(job, type))
    .find((found) => found?.status === 'True')
  return seconds === undefined || !end
    ? undefined
    : Date.parse(String(end.lastTransitionTime)) + seconds * 1_000
}
