// A node must have left what a Pod requests.

import { requestedAmounts } from '../node-info.ts'
import type { FilterPlugin, Refusal } from '../plugin.ts'
import type { NodeInfo } from '../node-info.ts'

/** Named first, in this order; other resources follow as the Pod lists them. */
const FIRST = ['cpu', 'memory', 'ephemeral-storage']

/** Source: plugins/noderesources/fit.go:fitsRequest. */
export const nodeResourcesFit: FilterPlugin = {
  name: 'NodeResourcesFit',
  prepare(pod) {
    const requests = requestedAmounts(pod)
    const others = [...requests.keys()].filter((resource) => !FIRST.includes(resource))
    const wanted = [...FIRST, ...others].flatMap((resource): [string, number][] => {
      const amount = requests.get(resource) ?? 0
      return amount > 0 ? [[resource, amount]] : []
    })
    return { kind: 'filter', refuse: (node) => shortage(wanted, node) }
  },
  isHelpedBy: (change) =>
    change.kind === 'node-added' ||
    change.kind === 'pod-gone' ||
    (change.kind === 'node-updated' && change.aspects.has('allocatable')),
}

function shortage(wanted: readonly (readonly [string, number])[], node: NodeInfo): Refusal | undefined {
  const reasons: string[] = []
  // More than the node has at all: no preemption will help.
  let isFinal = false
  if (node.podCount + 1 > node.allocatable('pods')) reasons.push('Too many pods')
  for (const [resource, amount] of wanted) {
    if (amount <= node.allocatable(resource) - node.requested(resource)) continue
    reasons.push(`Insufficient ${resource}`)
    if (amount > node.allocatable(resource)) isFinal = true
  }
  return reasons.length > 0 ? { reasons, isFinal } : undefined
}
