// The STATUS word of a Pod.

import type { Pod } from './json.ts'
import { podSummary } from './summary.ts'

/** What the STATUS column of `kubectl get pod` says: 'Running', 'Init:0/2', 'Completed', 'Terminating'... */
export function podStatus(pod: Pod): string {
  return podSummary(pod).status
}
