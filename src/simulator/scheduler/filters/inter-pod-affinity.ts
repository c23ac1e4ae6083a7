// Pods may want to be near some Pods and away from others, and those others away from them.

import type { Json, Pod } from '../../../pod/json.ts'
import { matchesLabels, structuredSelector } from '../../../pod/label-selector.ts'
import type { ClusterView } from '../cluster-view.ts'
import type { NodeInfo } from '../node-info.ts'
import type { FilterPlugin, Refusal } from '../plugin.ts'
import type { V1PodAffinityTerm } from '@kubernetes/client-node'

export type PodAffinityTerm = Json<V1PodAffinityTerm>

/** How many Pods there are in each domain: `topologyKey=value`. */
type Domains = Map<string, number>

const UNAFFINE: Refusal = { reasons: ["node(s) didn't match pod affinity rules"], isFinal: true }
const REPELLED: Refusal = { reasons: ["node(s) didn't match pod anti-affinity rules"], isFinal: false }
const UNWELCOME: Refusal = {
  reasons: ["node(s) didn't satisfy existing pods anti-affinity rules"],
  isFinal: false,
}

/** Source: plugins/interpodaffinity/filtering.go. */
export const interPodAffinity: FilterPlugin = {
  name: 'InterPodAffinity',
  prepare(pod, cluster) {
    const affinity = requiredTerms(pod, 'podAffinity')
    const antiAffinity = requiredTerms(pod, 'podAntiAffinity')
    const unwelcome = domainsOfRepellingPods(pod, cluster)
    if (affinity.length === 0 && antiAffinity.length === 0 && unwelcome.size === 0) return undefined
    const near = domainsOf(cluster, affinity, (other) =>
      affinity.every((term) => selects(term, pod, other, cluster)),
    )
    const away = domainsOf(cluster, antiAffinity, (other, term) => selects(term, pod, other, cluster))
    const isFirstOfItsKind = near.size === 0 && affinity.every((term) => selects(term, pod, pod, cluster))
    return {
      kind: 'filter',
      refuse(node) {
        if (!isNear(node, affinity, near, isFirstOfItsKind)) return UNAFFINE
        if (antiAffinity.some(({ topologyKey }) => has(away, node, topologyKey))) return REPELLED
        if (isUnwelcome(node, unwelcome)) return UNWELCOME
        return undefined
      },
    }
  },
  isHelpedBy: (change) =>
    change.kind === 'node-added' ||
    change.kind === 'pod-assigned' ||
    change.kind === 'pod-gone' ||
    change.kind === 'pod-relabelled' ||
    (change.kind === 'node-updated' && change.aspects.has('labels')),
}

/** Whether `term` of `owner` speaks of `other`: its namespace, and its labels. Source: framework/types.go:AffinityTerm.Matches. */
export function selects(term: PodAffinityTerm, owner: Pod, other: Pod, cluster: ClusterView): boolean {
  const selector = structuredSelector(term.labelSelector)
  return (
    selector !== undefined &&
    matchesLabels(selector, other.metadata?.labels) &&
    isInNamespaces(term, owner, other.metadata?.namespace ?? '', cluster)
  )
}

function isInNamespaces(
  { namespaces = [], namespaceSelector }: PodAffinityTerm,
  owner: Pod,
  namespace: string,
  cluster: ClusterView,
): boolean {
  if (namespaces.length === 0 && !namespaceSelector) return namespace === owner.metadata?.namespace
  if (namespaces.includes(namespace)) return true
  const selector = structuredSelector(namespaceSelector)
  return selector !== undefined && matchesLabels(selector, cluster.namespaceLabels(namespace))
}

function requiredTerms(pod: Pod, side: 'podAffinity' | 'podAntiAffinity'): readonly PodAffinityTerm[] {
  return pod.spec?.affinity?.[side]?.requiredDuringSchedulingIgnoredDuringExecution ?? []
}

/** The domains out of which Pods that already run keep this one. */
function domainsOfRepellingPods(pod: Pod, cluster: ClusterView): ReadonlySet<string> {
  const domains = new Set<string>()
  for (const node of cluster.nodes) {
    for (const other of node.podsWithAntiAffinity()) {
      for (const term of requiredTerms(other, 'podAntiAffinity')) {
        const value = node.labels[term.topologyKey]
        if (value !== undefined && selects(term, other, pod, cluster))
          domains.add(`${term.topologyKey}=${value}`)
      }
    }
  }
  return domains
}

function domainsOf(
  cluster: ClusterView,
  terms: readonly PodAffinityTerm[],
  isCounted: (other: Pod, term: PodAffinityTerm) => boolean,
): Domains {
  const domains: Domains = new Map()
  if (terms.length === 0) return domains
  for (const node of cluster.nodes) {
    for (const other of node.pods()) {
      for (const term of terms) {
        const value = node.labels[term.topologyKey]
        if (value === undefined || !isCounted(other, term)) continue
        const domain = `${term.topologyKey}=${value}`
        domains.set(domain, (domains.get(domain) ?? 0) + 1)
      }
    }
  }
  return domains
}

function isNear(
  node: NodeInfo,
  terms: readonly PodAffinityTerm[],
  near: Domains,
  isFirstOfItsKind: boolean,
): boolean {
  if (terms.some(({ topologyKey }) => node.labels[topologyKey] === undefined)) return false
  // The first of a group that wants to be with itself may go anywhere, or it never could.
  return isFirstOfItsKind || terms.every(({ topologyKey }) => has(near, node, topologyKey))
}

function has(domains: Domains, node: NodeInfo, topologyKey: string): boolean {
  const value = node.labels[topologyKey]
  return value !== undefined && domains.has(`${topologyKey}=${value}`)
}

function isUnwelcome(node: NodeInfo, domains: ReadonlySet<string>): boolean {
  return (
    domains.size > 0 && Object.entries(node.labels).some(([key, value]) => domains.has(`${key}=${value}`))
  )
}
