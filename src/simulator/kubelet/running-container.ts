// A running container in its pod, as hooks and the end of a container need it.

import type { Container } from '../../pod/json.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import type { Container as RunningContainer } from './runtime/container.ts'
import type { TerminationOrder } from './termination-order.ts'

/** Which list of the spec a container stands in, as an Event's fieldPath says it. */
export type ContainerList = 'initContainers' | 'containers' | 'ephemeralContainers'

/** A container that runs, with what the pod's spec says of it. */
export interface HookInput {
  readonly pod: Pod
  readonly container: Container
  readonly list: ContainerList
  readonly running: RunningContainer
}

/** A container to end. */
export interface KillInput extends HookInput {
  /** `Stopping container c` if left out. */
  readonly message?: string | undefined
  readonly probe?: 'liveness' | 'startup' | undefined
  readonly overrideSeconds?: number | undefined
  /** Who goes first, when the whole pod ends. */
  readonly order?: TerminationOrder | undefined
}
