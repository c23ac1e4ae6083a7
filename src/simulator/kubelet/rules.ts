// The rules of Kubernetes on which claims depend, each by its own name.

import { deadContainersToRemove } from './container-retention.ts'
import { decide } from './decide.ts'
import { graceSeconds } from './grace.ts'
import { runPostStart } from './hooks/post-start.ts'
import { runPreStop } from './hooks/pre-stop.ts'
import { killContainer } from './kill-container.ts'
import type { KubeletRules } from './parts.ts'
import { podStatus } from './status/pod-status.ts'

export type { KubeletRules } from './parts.ts'

/** The rules of Kubernetes; whoever puts another function in the place of one has another kubelet. */
export const kubernetesRules: KubeletRules = {
  deadContainersToRemove,
  decide,
  graceSeconds,
  killContainer,
  podStatus,
  runPostStart,
  runPreStop,
}
