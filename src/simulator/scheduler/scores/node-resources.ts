// The emptier and the more evenly used a node is, the better.

import type { NodeInfo } from '../node-info.ts'
import { requestedAmounts, scoredRequest } from '../node-info.ts'
import type { ScorePlugin } from '../plugin.ts'

const RESOURCES = ['cpu', 'memory'] as const

/** Source: plugins/noderesources/least_allocated.go (the default strategy of NodeResourcesFit). */
export const leastAllocated: ScorePlugin = {
  name: 'NodeResourcesFit',
  weight: 1,
  score(pod, nodes) {
    const requests = requestedAmounts(pod)
    return nodes.map((node) => {
      const free = RESOURCES.map((resource) => {
        const allocatable = node.allocatable(resource)
        const used = node.scored(resource) + scoredRequest(requests, resource)
        return allocatable === 0 || used > allocatable
          ? 0
          : Math.trunc(((allocatable - used) * 100) / allocatable)
      })
      return Math.trunc(free.reduce((sum, score) => sum + score, 0) / RESOURCES.length)
    })
  },
}

/** Source: plugins/noderesources/balanced_allocation.go. Only real requests count, and only a Pod that has some is scored. */
export const balancedAllocation: ScorePlugin = {
  name: 'NodeResourcesBalancedAllocation',
  weight: 1,
  score(pod, nodes) {
    const requests = requestedAmounts(pod)
    if (RESOURCES.every((resource) => !requests.get(resource))) return undefined
    return nodes.map((node) => {
      const fractions = RESOURCES.map((resource) => usedFraction(node, resource, requests.get(resource) ?? 0))
      const [cpu = 0, memory = 0] = fractions
      return Math.trunc((1 - Math.abs(cpu - memory) / 2) * 100)
    })
  },
}

function usedFraction(node: NodeInfo, resource: string, more: number): number {
  const allocatable = node.allocatable(resource)
  return allocatable === 0 ? 1 : Math.min((node.requested(resource) + more) / allocatable, 1)
}
