// Which dead containers a node still keeps.

import type { RuntimeContainer } from './runtime/pod-runtime-status.ts'

/** Of each name the newest dead instance stays, for `logs --previous` (kubelet flag maximum-dead-containers-per-container). */
export const DEAD_CONTAINERS_PER_NAME = 1

/**
 * The dead containers of that name that may go, the newest first kept.
 * Source: pkg/kubelet/pod_container_deletor.go:getContainersToDeleteInPod.
 */
export function deadContainersToRemove(
  containers: readonly RuntimeContainer[],
  name: string,
): readonly RuntimeContainer[] {
  const dead = containers.filter((container) => container.name === name && container.state === 'Exited')
  return dead.slice(DEAD_CONTAINERS_PER_NAME)
}
