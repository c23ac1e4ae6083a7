// The rules about where a Pod may run, in the order in which the scheduler asks them.

import type { FilterPlugin } from '../plugin.ts'
import { interPodAffinity } from './inter-pod-affinity.ts'
import { nodeAffinity } from './node-affinity.ts'
import { nodePorts } from './node-ports.ts'
import { nodeResourcesFit } from './node-resources-fit.ts'
import { nodeUnschedulable } from './node-unschedulable.ts'
import { podTopologySpread } from './pod-topology-spread.ts'
import { taintToleration } from './taint-toleration.ts'
import { volumeBinding } from './volume-binding.ts'

/**
 * Source: pkg/scheduler/apis/config/v1/default_plugins.go. NodeName is left out: a Pod that names its node never comes
 * to the scheduler. The first refusal of a node is the one that is told.
 */
export const filters: readonly FilterPlugin[] = [
  nodeUnschedulable,
  taintToleration,
  nodeAffinity,
  nodePorts,
  nodeResourcesFit,
  volumeBinding,
  podTopologySpread,
  interPodAffinity,
]
