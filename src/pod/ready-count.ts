// The READY column of a Pod.

import type { Pod } from './json.ts'
import { podSummary } from './summary.ts'

/** What the READY column says: ready containers of all that count (regular ones and sidecars), as '1/2'. */
export function readyCount(pod: Pod): string {
  const { readyContainers, totalContainers } = podSummary(pod)
  return `${readyContainers}/${totalContainers}`
}
