// What a kubelet is started with, and the parts that it makes of that for one run of its process.

import type { FileSystem } from '../../process/files.ts'
import type { Random } from '../../time/random.ts'
import type { Timers } from '../../time/clock.ts'
import { EventRecorder } from '../events/event-recorder.ts'
import type { ImageRegistry } from '../images/image-registry.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import type { Registry } from '../store/registry.ts'
import type { Timing } from '../timing.ts'
import { BackOff } from './back-off.ts'
import { ImagePuller } from './image-puller.ts'
import type { ImageStore } from './image-store.ts'
import type { Journal } from './journal.ts'
import type { KubeletParts, KubeletRules, NodeFacts } from './parts.ts'
import { type OnProbeResult, Prober } from './probes/prober.ts'
import type { ContainerRuntime } from './runtime/container-runtime.ts'
import { StartFailures } from './start-failures.ts'
import { StatusManager } from './status-manager.ts'
import type { PodVolumes } from './volumes/pod-volumes.ts'

/** What a kubelet is started with. */
export interface KubeletOptions {
  readonly node: NodeFacts
  readonly registry: Registry
  readonly timers: Timers
  readonly random: Random
  readonly timing: Timing
  readonly runtime: ContainerRuntime
  readonly imageStore: ImageStore
  readonly imageRegistry: ImageRegistry
  readonly rules: KubeletRules
  /** The volumes of pods; they stay on the node when the kubelet is stopped. */
  readonly volumes: Map<string, PodVolumes>
  readonly hostFiles: FileSystem
  readonly journal: Journal
}

/** What parts ask and tell the kubelet whose they are. */
export interface Whole {
  /** Whether a container of the pod could still run. */
  readonly couldHaveRunningContainers: (podUid: string) => boolean
  readonly onProbeResult: OnProbeResult
  readonly volumes: (pod: Pod) => PodVolumes
}

/** An instance that has run for more than ten minutes has recovered (kuberuntime_manager.go:doBackOff). */
const CRASH_RESET_MS = 600_000

/** `timers` and `random` of the options are those of this run of the process. */
export function makeParts(options: KubeletOptions, whole: Whole): KubeletParts {
  const { imageRegistry, imageStore, journal, node, random, registry, rules, runtime, timers, timing } =
    options
  const common = { registry, timers, random, timing }
  const prober = new Prober()
  prober.onResult = whole.onProbeResult
  return {
    ...common,
    startedAtMs: timers.now(),
    node,
    runtime,
    prober,
    rules,
    events: new EventRecorder({ ...common, component: 'kubelet', host: node.name }),
    statuses: new StatusManager({
      ...common,
      journal,
      couldHaveRunningContainers: whole.couldHaveRunningContainers,
    }),
    images: new ImagePuller({ ...common, store: imageStore, registry: imageRegistry }),
    startFailures: new StartFailures(),
    crashBackOff: new BackOff({
      initialMs: timing.backOffInitialMs,
      maxMs: timing.backOffMaxMs,
      resetAfterMs: CRASH_RESET_MS,
    }),
    volumes: whole.volumes,
  }
}
