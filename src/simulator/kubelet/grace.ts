// How many seconds a container gets to end by itself.

import type { Container, Pod } from '../../pod/json.ts'

/** A container is always given so long between TERM and KILL (kuberuntime_container.go: minimumGracePeriodInSeconds). */
export const MINIMUM_GRACE_SECONDS = 2

/** What a grace period depends on. */
export interface GraceInput {
  readonly pod: Pod
  readonly container: Container
  /** The probe whose failure ends the container. */
  readonly probe?: 'liveness' | 'startup' | undefined
  /** What the pod's worker or an eviction allows; it replaces all others. */
  readonly overrideSeconds?: number | undefined
}

/**
 * Hooks included: a deletion's own grace, else the probe's, else the pod's.
 * Source: kuberuntime_container.go:setTerminationGracePeriod, killContainer.
 */
export function graceSeconds({ pod, container, probe, overrideSeconds }: GraceInput): number {
  if (overrideSeconds !== undefined) return overrideSeconds
  const { deletionGracePeriodSeconds } = pod.metadata ?? {}
  if (deletionGracePeriodSeconds !== undefined) return deletionGracePeriodSeconds
  const ofProbe = probe && container[`${probe}Probe`]?.terminationGracePeriodSeconds
  return ofProbe ?? pod.spec?.terminationGracePeriodSeconds ?? MINIMUM_GRACE_SECONDS
}
