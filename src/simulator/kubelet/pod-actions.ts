// What the kubelet can decide to do to a pod, and what it decides from.

import type { Pod } from '../../pod/json.ts'
import type { PodRuntimeStatus } from './runtime/pod-runtime-status.ts'

/** The last result of a container's probe that counts. Unknown: it has not been decided. */
export type ProbeResult = 'Success' | 'Failure' | 'Unknown'

/** Results of the liveness and startup probes by container id; nothing for a container without results. */
export interface ProbeResults {
  liveness(containerId: string): ProbeResult | undefined
  startup(containerId: string): ProbeResult | undefined
}

/** A running container that has to end, and what its Killing event says. */
export interface ContainerToKill {
  readonly id: string
  readonly name: string
  readonly message: string
  /** A probe that failed brings its own grace period. */
  readonly probe?: 'liveness' | 'startup'
}

/** A container to remove from the runtime, ended before if it still runs. */
export interface ContainerToReset {
  readonly id: string
  readonly name: string
  readonly kill: boolean
}

/** What to do to a pod; indexes are those of the lists in its spec. Source: kuberuntime_manager.go:podActions. */
export interface PodActions {
  /** Everything of the pod ends, its sandbox too. */
  readonly killPod: boolean
  readonly createSandbox: boolean
  /** The newest sandbox that exists; empty without one. */
  readonly sandboxId: string
  /** The attempt of the next sandbox, or of the present one. */
  readonly attempt: number
  readonly initContainersToStart: readonly number[]
  readonly containersToStart: readonly number[]
  readonly ephemeralContainersToStart: readonly number[]
  readonly containersToKill: readonly ContainerToKill[]
  /** Containers to remove before the pod begins anew in place (action RestartAllContainers). */
  readonly containersToReset: readonly ContainerToReset[]
}

/** What a decision starts from. */
export interface DecisionInput {
  readonly pod: Pod
  readonly runtime: PodRuntimeStatus
  readonly probes: ProbeResults
  /** The pod has the condition AllContainersRestarting. */
  readonly restartAllContainers?: boolean
}
