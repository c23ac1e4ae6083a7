// What the phase of a Pod says.

import type { Pod } from './json.ts'

export type Phase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown'

/** Whether the Pod has ended for good: its containers will never run again. */
export function isTerminal(pod: Pod): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed'
}

/** Whether somebody has asked for the Pod's deletion. */
export function isDeleting(pod: Pod): boolean {
  return pod.metadata?.deletionTimestamp !== undefined
}
