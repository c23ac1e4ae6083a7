// What a node says of a pod that it does not take.

import type { Pod } from '../kinds/pod/pod.ts'
import { type KubeletParts, podEvent } from './parts.ts'
import type { StartFailure } from './status/container-statuses.ts'

/** The pod ends before it has begun. Source: pkg/kubelet/kubelet.go:rejectPod. */
export function rejectPod(parts: KubeletParts, pod: Pod, { reason, message }: StartFailure): void {
  podEvent(parts, pod, { type: 'Warning', reason, message })
  const { qosClass } = pod.status ?? {}
  parts.statuses.setPodStatus(pod, {
    phase: 'Failed',
    reason,
    message: `Pod was rejected: ${message}`,
    ...(qosClass ? { qosClass } : {}),
    ...(pod.metadata.generation ? { observedGeneration: pod.metadata.generation } : {}),
  })
}
