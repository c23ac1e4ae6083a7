// How long a pod may be active at most.

import type { Pod, PodStatus } from '../../pod/json.ts'
import type { StartFailure } from './status/container-statuses.ts'

/** When the pod's time is up; undefined without a deadline. */
export function activeDeadlineMs(pod: Pod, status: PodStatus | undefined): number | undefined {
  const seconds = pod.spec?.activeDeadlineSeconds
  const startTime = status?.startTime ?? pod.status?.startTime
  return seconds === undefined || !startTime ? undefined : Date.parse(startTime) + seconds * 1_000
}

/** Why the pod has to end, once its time is up. Source: pkg/kubelet/active_deadline.go. */
export function deadlineFailure(pod: Pod, nowMs: number): StartFailure | undefined {
  const atMs = activeDeadlineMs(pod, undefined)
  if (atMs === undefined || nowMs < atMs) return undefined
  return {
    reason: 'DeadlineExceeded',
    message: 'Pod was active on the node longer than the specified deadline',
  }
}
