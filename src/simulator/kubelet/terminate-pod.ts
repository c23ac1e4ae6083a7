// The end of a pod: its containers are ended, then what is left of it is cleared away.

import { type KubeletParts, takes, uidOf } from './parts.ts'
import { killPod } from './kill-pod.ts'
import { setStatus, type SyncInput } from './sync-pod.ts'
import type { Work } from './work.ts'

/** A pod that has to end. */
export interface TerminateInput extends Pick<SyncInput, 'pod' | 'runtime' | 'forcedFailure'> {
  /** What an eviction allows, or what is left when the object itself is gone. */
  readonly overrideSeconds?: number | undefined
}

/** Ends all containers and says how they ended. Source: pkg/kubelet/kubelet.go:SyncTerminatingPod. */
export function* syncTerminatingPod(parts: KubeletParts, input: TerminateInput): Work {
  const { pod } = input
  const uid = uidOf(pod)
  setStatus(parts, input, false)
  // Readiness is probed until the last container has stopped.
  parts.prober.stopLivenessAndStartup(uid)
  yield* killPod(parts, pod, input.overrideSeconds)
  parts.prober.removePod(uid)
  // Exit codes are read from the runtime itself; the address is the one that the pod had.
  const stopped = parts.runtime.status(uid)
  setStatus(parts, { ...input, runtime: { ...stopped, ip: stopped.ip || input.runtime.ip } }, true)
}

/** Clears away volumes and whatever else the pod had on the node. Source: kubelet.go:SyncTerminatedPod. */
export function* syncTerminatedPod(parts: KubeletParts, input: TerminateInput): Work {
  const { pod } = input
  setStatus(parts, input, true)
  yield takes(parts, 'podCleanupMs')
  parts.volumes(pod).close()
  parts.statuses.terminatePod(pod)
}
