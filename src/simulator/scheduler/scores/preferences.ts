// What Pods and nodes would rather have: preferred node labels, taints that only discourage, company and distance.

import type { Pod } from '../../../pod/json.ts'
import { matchesLabels } from '../../../pod/label-selector.ts'
import type { ClusterView } from '../cluster-view.ts'
import type { PodAffinityTerm } from '../filters/inter-pod-affinity.ts'
import { selects } from '../filters/inter-pod-affinity.ts'
import { constraintsOf, countMatching, isEligible, spreadSelector } from '../filters/pod-topology-spread.ts'
import { matchesTerm } from '../../../pod/node-selection.ts'
import type { NodeInfo } from '../node-info.ts'
import { isTolerated } from '../../../pod/tolerations.ts'
import type { ScorePlugin } from '../plugin.ts'

/** Source: plugins/nodeaffinity/node_affinity.go:Score. */
export const preferredNodeAffinity: ScorePlugin = {
  name: 'NodeAffinity',
  weight: 2,
  score(pod, nodes) {
    const preferred = pod.spec?.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
    if (preferred.length === 0) return undefined
    return normalized(
      nodes.map(({ node }) =>
        preferred.reduce(
          (sum, { weight, preference }) => sum + (matchesTerm(preference, node) ? weight : 0),
          0,
        ),
      ),
    )
  },
}

/** Source: plugins/tainttoleration/taint_toleration.go:Score. The fewest discouraging taints win. */
export const discouragingTaints: ScorePlugin = {
  name: 'TaintToleration',
  weight: 3,
  score(pod, nodes) {
    const counts = nodes.map(
      ({ node }) =>
        (node.spec?.taints ?? []).filter(
          (taint) => taint.effect === 'PreferNoSchedule' && !isTolerated(taint, pod.spec?.tolerations),
        ).length,
    )
    return counts.some((count) => count > 0) ? normalized(counts).map((score) => 100 - score) : undefined
  },
}

/** Source: plugins/interpodaffinity/scoring.go. */
export const preferredPodAffinity: ScorePlugin = {
  name: 'InterPodAffinity',
  weight: 2,
  score(pod, nodes, cluster) {
    const terms = [...preferredTerms(pod, 'podAffinity', 1), ...preferredTerms(pod, 'podAntiAffinity', -1)]
    if (terms.length === 0) return undefined
    const domains = new Map<string, number>()
    for (const { term, weight } of terms) countDomains(domains, term, weight, pod, cluster)
    const sums = nodes.map(({ labels }) =>
      [...domains].reduce((sum, [domain, weight]) => sum + (isIn(domain, labels) ? weight : 0), 0),
    )
    const least = Math.min(...sums)
    return normalized(sums.map((sum) => sum - least))
  },
}

/** Source: plugins/podtopologyspread/scoring.go: the fewer alike Pods in a domain, the better. */
export const preferredSpread: ScorePlugin = {
  name: 'PodTopologySpread',
  weight: 2,
  score(pod, nodes, cluster) {
    const constraints = constraintsOf(pod, 'ScheduleAnyway')
    if (constraints.length === 0) return undefined
    const sums = nodes.map(() => 0)
    for (const constraint of constraints) {
      const selector = spreadSelector(pod, constraint)
      const domains = new Map<string, number>()
      for (const node of cluster.nodes) {
        const value = node.labels[constraint.topologyKey]
        if (value === undefined || !isEligible(pod, constraint, node)) continue
        domains.set(value, (domains.get(value) ?? 0) + countMatching(node, pod.metadata?.namespace, selector))
      }
      nodes.forEach((node, index) => {
        const count = domains.get(node.labels[constraint.topologyKey] ?? '') ?? 0
        sums[index] = (sums[index] ?? 0) + count * Math.log(domains.size + 2) + (constraint.maxSkew - 1)
      })
    }
    const [most, least] = [Math.max(...sums), Math.min(...sums)]
    return sums.map((sum) => (most === 0 ? 100 : Math.trunc((100 * (most + least - sum)) / most)))
  },
}

/** Stretched so that the highest is 100 (helper/normalize_score.go:DefaultNormalizeScore). */
function normalized(values: readonly number[]): readonly number[] {
  const most = Math.max(...values)
  return values.map((value) => (most === 0 ? 0 : Math.trunc((value * 100) / most)))
}

function preferredTerms(pod: Pod, side: 'podAffinity' | 'podAntiAffinity', sign: 1 | -1) {
  const preferred = pod.spec?.affinity?.[side]?.preferredDuringSchedulingIgnoredDuringExecution ?? []
  return preferred.map(({ podAffinityTerm, weight }) => ({ term: podAffinityTerm, weight: sign * weight }))
}

function countDomains(
  domains: Map<string, number>,
  term: PodAffinityTerm,
  weight: number,
  pod: Pod,
  cluster: ClusterView,
): void {
  for (const node of cluster.nodes) {
    const value = node.labels[term.topologyKey]
    if (value === undefined) continue
    const domain = `${term.topologyKey}=${value}`
    for (const other of node.pods()) {
      if (selects(term, pod, other, cluster)) domains.set(domain, (domains.get(domain) ?? 0) + weight)
    }
  }
}

function isIn(domain: string, labels: NodeInfo['labels']): boolean {
  const at = domain.indexOf('=')
  return matchesLabels([{ key: domain.slice(0, at), operator: '=', values: [domain.slice(at + 1)] }], labels)
}
