// How long a Pod stays after somebody has asked for its deletion.

import type { Deletion } from '../../store/kind.ts'
import type { Pod } from './pod.ts'

/**
 * A Pod that no kubelet has, or that has ended, goes at once; any other gets the grace that was asked for, else its own.
 * Source: pkg/registry/core/pod/strategy.go:CheckGracefulDelete.
 */
export const podDeletion: Deletion<Pod> = {
  answers: 'object',
  graceSeconds({ spec, status }, asked) {
    if (!spec?.nodeName || status?.phase === 'Failed' || status?.phase === 'Succeeded') return 0
    const seconds = asked ?? spec.terminationGracePeriodSeconds ?? 0
    return seconds < 0 ? 1 : seconds
  },
}
