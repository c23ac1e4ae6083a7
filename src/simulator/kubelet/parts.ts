// What the parts of one kubelet share.

import type { FileSystem } from '../../process/files.ts'
import type { Network } from '../../process/network.ts'
import type { PodStatus } from '../../pod/json.ts'
import type { Random } from '../../time/random.ts'
import type { Timers } from '../../time/clock.ts'
import type { EventRecorder } from '../events/event-recorder.ts'
import { involvedObject } from '../events/event-recorder.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import type { Registry } from '../store/registry.ts'
import { draw, type Latency, type Timing } from '../timing.ts'
import type { BackOff } from './back-off.ts'
import type { ImagePuller } from './image-puller.ts'
import type { GraceInput } from './grace.ts'
import type { DecisionInput, PodActions, ProbeResults } from './pod-actions.ts'
import type { ContainerList, HookInput, KillInput } from './running-container.ts'
import type { ContainerRuntime } from './runtime/container-runtime.ts'
import type { RuntimeContainer } from './runtime/pod-runtime-status.ts'
import type { StartFailures } from './start-failures.ts'
import type { StatusManager } from './status-manager.ts'
import type { StatusInput, StatusProbes } from './status/pod-status.ts'
import type { PodVolumes } from './volumes/pod-volumes.ts'
import { after, type Wait, type Work } from './work.ts'

/** What stays the same while a node exists. */
export interface NodeFacts {
  readonly name: string
  /** InternalIP. */
  readonly hostIP: string
  readonly clusterDns: string
  readonly clusterDomain: string
  /** The node's own network: probes and hooks come from there. */
  readonly network: Network
  /** The node's own files: hostPath volumes. */
  readonly files: FileSystem
  readonly maxPods: number
}

/** The parts of a kubelet; each lives as long as its process. */
export interface KubeletParts {
  readonly node: NodeFacts
  /** When the kubelet's process began. */
  readonly startedAtMs: number
  readonly timers: Timers
  readonly random: Random
  readonly timing: Timing
  readonly registry: Registry
  readonly events: EventRecorder
  readonly runtime: ContainerRuntime
  readonly rules: KubeletRules
  readonly statuses: StatusManager
  readonly prober: Probes
  readonly images: ImagePuller
  readonly startFailures: StartFailures
  readonly crashBackOff: BackOff
  /** The volumes of a pod on this node. */
  volumes(pod: Pod): PodVolumes
}

/**
 * The rules on which claims depend, each by its own name: what the kubelet asks whenever it decides. `rules.ts` holds
 * those of Kubernetes.
 */
export interface KubeletRules {
  decide(input: DecisionInput): PodActions
  podStatus(input: StatusInput): PodStatus
  deadContainersToRemove(containers: readonly RuntimeContainer[], name: string): readonly RuntimeContainer[]
  graceSeconds(input: GraceInput): number
  killContainer(parts: KubeletParts, input: KillInput): Work
  /** Why the hook failed. */
  runPostStart(parts: KubeletParts, input: HookInput): Work<string | undefined>
  /** Whole seconds that the hook took of the grace. */
  runPreStop(parts: KubeletParts, input: HookInput, graceSeconds: number): Work<number>
}

/** The probes of the node (probes/prober.ts). */
export interface Probes {
  readonly results: ProbeResults
  statusProbes(podUid: string): StatusProbes
  addPod(parts: KubeletParts, pod: Pod, current: () => Pod | undefined): void
  trigger(podUid: string, container: string): void
  stopLivenessAndStartup(podUid: string): void
  removePod(podUid: string): void
  forgetContainer(containerId: string): void
}

type LatencyName = keyof { [K in keyof Timing as Timing[K] extends Latency ? K : never]: Timing[K] }

/** Waits for as long as such a step takes. */
export function takes({ timers, timing, random }: KubeletParts, latency: LatencyName): Wait {
  return after(timers, draw(timing[latency], random))
}

/** Tells something about a pod, or about one of its containers. */
export function podEvent(
  { events }: Pick<KubeletParts, 'events'>,
  pod: Pod,
  event: {
    readonly type: 'Normal' | 'Warning'
    readonly reason: string
    readonly message: string
    readonly container?: { readonly list: ContainerList; readonly name: string }
  },
): void {
  const fieldPath = event.container && `spec.${event.container.list}{${event.container.name}}`
  events.event(involvedObject(pod, fieldPath), event.type, event.reason, event.message)
}

/** `name_namespace(uid)`, as messages name a pod (pkg/kubelet/util/format/pod.go). */
export function podText({ metadata }: Pod): string {
  return `${metadata.name}_${metadata.namespace}(${metadata.uid})`
}

/** The uid under which everything of a pod is kept. */
export function uidOf({ metadata }: Pod): string {
  return metadata.uid ?? ''
}
