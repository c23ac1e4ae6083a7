// The rules about where a Pod should rather run.

import type { ScorePlugin } from '../plugin.ts'
import { balancedAllocation, leastAllocated } from './node-resources.ts'
import {
  discouragingTaints,
  preferredNodeAffinity,
  preferredPodAffinity,
  preferredSpread,
} from './preferences.ts'

/**
 * Source: pkg/scheduler/apis/config/v1/default_plugins.go. ImageLocality is left out: the nodes of a simulated cluster
 * hold the same images. The default spreading of a Service's Pods is left out too: least allocation spreads them.
 */
export const scores: readonly ScorePlugin[] = [
  balancedAllocation,
  discouragingTaints,
  leastAllocated,
  preferredNodeAffinity,
  preferredPodAffinity,
  preferredSpread,
]
