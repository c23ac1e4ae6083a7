// Connects the volumes of a pod to what its node knows: the API, the pod's address, the node's files.

import type { FileSystem } from '../../../process/files.ts'
import type { Timers } from '../../../time/clock.ts'
import { node as nodeKind } from '../../kinds/node.ts'
import type { Pod } from '../../kinds/pod/pod.ts'
import type { Registry } from '../../store/registry.ts'
import type { NodeFacts } from '../parts.ts'
import type { ContainerRuntime } from '../runtime/container-runtime.ts'
import { PodVolumes } from './pod-volumes.ts'
import { serviceAccountToken } from './service-account-token.ts'
import type { VolumeSources } from './volume-files.ts'

/** A pod and its node. */
export interface VolumesOnNodeOptions {
  readonly pod: Pod
  /** The pod as it is at a later instant: its labels may change. */
  readonly current: () => Pod
  readonly registry: Registry
  readonly runtime: ContainerRuntime
  readonly node: NodeFacts
  readonly hostFiles: FileSystem
  readonly timers: Timers
  readonly failed: (message: string) => void
}

/** The volumes of a pod, not yet set up. */
export function volumesOnNode(options: VolumesOnNodeOptions): PodVolumes {
  const { pod, timers, hostFiles, failed } = options
  return new PodVolumes({ pod, timers, hostFiles, failed, sources: () => sourcesOf(options) })
}

function sourcesOf({ current, registry, runtime, node, timers }: VolumesOnNodeOptions): VolumeSources {
  const pod = current()
  const podIP = runtime.sandbox(pod.metadata.uid ?? '')?.network.ip ?? ''
  return {
    registry,
    facts: { pod, podIP, hostIP: node.hostIP, nodeName: node.name },
    allocatable: registry.find(nodeKind, { name: node.name })?.status?.allocatable ?? {},
    token: (request) => serviceAccountToken(pod, request, timers.now()),
  }
}
