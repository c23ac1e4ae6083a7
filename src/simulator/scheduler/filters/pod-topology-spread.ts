// Pods that are alike may have to be spread evenly over zones, nodes or whatever label divides the cluster.

import { isDeleting } from '../../../pod/phase.ts'
import type { Json, Pod } from '../../../pod/json.ts'
import type { LabelSelector } from '../../../pod/label-selector.ts'
import { matchesLabels, structuredSelector } from '../../../pod/label-selector.ts'
import { isTolerated } from '../../../pod/tolerations.ts'
import { matchesNodeAffinity } from '../../../pod/node-selection.ts'
import type { NodeInfo } from '../node-info.ts'
import type { FilterPlugin, Refusal } from '../plugin.ts'
import type { V1TopologySpreadConstraint } from '@kubernetes/client-node'

export type TopologySpreadConstraint = Json<V1TopologySpreadConstraint>

interface Spread {
  readonly constraint: TopologySpreadConstraint
  readonly selector: LabelSelector
  /** Pods that count, by the value of the topology key. */
  readonly domains: ReadonlyMap<string, number>
  readonly leastPods: number
  /** 1 when the Pod would itself count. */
  readonly self: number
}

const SKEWED: Refusal = {
  reasons: ["node(s) didn't match pod topology spread constraints"],
  isFinal: false,
}
const UNLABELLED: Refusal = {
  reasons: ["node(s) didn't match pod topology spread constraints (missing required label)"],
  isFinal: true,
}

/** Source: plugins/podtopologyspread/filtering.go. */
export const podTopologySpread: FilterPlugin = {
  name: 'PodTopologySpread',
  prepare(pod, { nodes }) {
    const constraints = constraintsOf(pod, 'DoNotSchedule')
    if (constraints.length === 0) return undefined
    const spreads = constraints.map((constraint) => spreadOf(pod, constraint, constraints, nodes))
    return {
      kind: 'filter',
      refuse(node) {
        for (const spread of spreads) {
          const value = node.labels[spread.constraint.topologyKey]
          if (value === undefined) return UNLABELLED
          if (skewWith(spread, value) > spread.constraint.maxSkew) return SKEWED
        }
        return undefined
      },
    }
  },
  isHelpedBy: (change) =>
    change.kind === 'node-added' ||
    change.kind === 'pod-assigned' ||
    change.kind === 'pod-gone' ||
    change.kind === 'pod-relabelled' ||
    (change.kind === 'node-updated' && (change.aspects.has('labels') || change.aspects.has('taints'))),
}

/** The constraints of a Pod that must hold (DoNotSchedule) or should (ScheduleAnyway). */
export function constraintsOf(
  pod: Pod,
  whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway',
): readonly TopologySpreadConstraint[] {
  return (pod.spec?.topologySpreadConstraints ?? []).filter(
    (constraint) => constraint.whenUnsatisfiable === whenUnsatisfiable,
  )
}

/** The selector of a constraint, with the Pod's own values of matchLabelKeys. Source: podtopologyspread/common.go. */
export function spreadSelector(
  pod: Pod,
  { labelSelector, matchLabelKeys = [] }: TopologySpreadConstraint,
): LabelSelector {
  const labels = pod.metadata?.labels ?? {}
  const own = matchLabelKeys.flatMap((key) => {
    const value = labels[key]
    return value === undefined ? [] : [{ key, operator: '=' as const, values: [value] }]
  })
  const selector = structuredSelector(labelSelector)
  // Without a selector a constraint counts nobody.
  return selector ? [...selector, ...own] : [{ key: '', operator: 'in', values: [] }]
}

/** How many Pods of the node count for a constraint. */
export function countMatching(
  node: NodeInfo,
  namespace: string | undefined,
  selector: LabelSelector,
): number {
  let count = 0
  for (const other of node.pods()) {
    if (other.metadata?.namespace !== namespace || isDeleting(other)) continue
    if (matchesLabels(selector, other.metadata?.labels)) count++
  }
  return count
}

/** Whether the node belongs to a domain at all: by default it must be one that the Pod selects; taints do not matter. */
export function isEligible(
  pod: Pod,
  { nodeAffinityPolicy, nodeTaintsPolicy }: TopologySpreadConstraint,
  { node }: NodeInfo,
): boolean {
  if (nodeAffinityPolicy !== 'Ignore' && !matchesNodeAffinity(pod, node)) return false
  if (nodeTaintsPolicy !== 'Honor') return true
  const taints = (node.spec?.taints ?? []).filter(({ effect }) => effect !== 'PreferNoSchedule')
  return taints.every((taint) => isTolerated(taint, pod.spec?.tolerations))
}

function spreadOf(
  pod: Pod,
  constraint: TopologySpreadConstraint,
  all: readonly TopologySpreadConstraint[],
  nodes: readonly NodeInfo[],
): Spread {
  const selector = spreadSelector(pod, constraint)
  const domains = new Map<string, number>()
  for (const node of nodes) {
    const value = node.labels[constraint.topologyKey]
    const hasAllLabels = all.every(({ topologyKey }) => node.labels[topologyKey] !== undefined)
    if (value === undefined || !hasAllLabels || !isEligible(pod, constraint, node)) continue
    domains.set(value, (domains.get(value) ?? 0) + countMatching(node, pod.metadata?.namespace, selector))
  }
  const isTooFew = domains.size < (constraint.minDomains ?? 1)
  const leastPods = isTooFew || domains.size === 0 ? 0 : Math.min(...domains.values())
  const self = matchesLabels(selector, pod.metadata?.labels) ? 1 : 0
  return { constraint, selector, domains, leastPods, self }
}

function skewWith({ domains, leastPods, self }: Spread, value: string): number {
  return (domains.get(value) ?? 0) + self - leastPods
}
