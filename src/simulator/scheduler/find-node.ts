// One scheduling decision: which node a Pod goes to, or why to none. Pure: it looks, and changes nothing.

import type { Pod } from '../../pod/json.ts'
import type { Random } from '../../time/random.ts'
import type { ClusterView } from './cluster-view.ts'
import type { NodeInfo } from './node-info.ts'
import type { FilterPlugin, NodeFilter, Refusal, ScorePlugin } from './plugin.ts'

export type Decision = Fits | FitsNowhere

export interface Fits {
  readonly kind: 'fits'
  readonly node: NodeInfo
}

export interface FitsNowhere {
  readonly kind: 'fits-nowhere'
  /** Set when the Pod itself was refused, before any node. */
  readonly podMessage?: string
  readonly refusals: ReadonlyMap<NodeInfo, Refusal>
  /** The names of the plugins that refused. */
  readonly plugins: ReadonlySet<string>
}

export interface FindNodeOptions {
  readonly pod: Pod
  readonly cluster: ClusterView
  readonly filters: readonly FilterPlugin[]
  readonly scores: readonly ScorePlugin[]
  readonly random: Random
  /** Where among the nodes to begin, so that not always the same ones are looked at. */
  readonly startIndex: number
}

interface Rule {
  readonly plugin: FilterPlugin
  readonly filter: NodeFilter
}

/** Source: pkg/scheduler/schedule_one.go:schedulePod. */
export function findNode(options: FindNodeOptions): Decision {
  const { pod, cluster, filters } = options
  const rules: Rule[] = []
  for (const plugin of filters) {
    const prepared = plugin.prepare(pod, cluster)
    if (prepared?.kind === 'refusal') return refusedPod(prepared.message, plugin.name)
    if (prepared) rules.push({ plugin, filter: prepared })
  }
  const { fitting, refusals, plugins } = filterNodes(rules, options)
  if (fitting.length === 0) return { kind: 'fits-nowhere', refusals, plugins }
  return { kind: 'fits', node: best(fitting, options) }
}

/** Whether a Pod would fit on one node, as far as the filters can tell; its refusal if not. */
export function refusalOf(
  pod: Pod,
  node: NodeInfo,
  cluster: ClusterView,
  filters: readonly FilterPlugin[],
): Refusal | undefined {
  for (const plugin of filters) {
    const prepared = plugin.prepare(pod, cluster)
    if (prepared?.kind === 'refusal') return { reasons: [prepared.message], isFinal: true }
    const refusal = prepared?.refuse(node)
    if (refusal) return refusal
  }
  return undefined
}

/** So many fitting nodes are enough in a large cluster (schedule_one.go:numFeasibleNodesToFind). */
export function enoughNodes(nodeCount: number): number {
  if (nodeCount < 100) return nodeCount
  const percentage = Math.max(50 - Math.trunc(nodeCount / 125), 5)
  return Math.max(Math.trunc((nodeCount * percentage) / 100), 100)
}

function refusedPod(podMessage: string, plugin: string): FitsNowhere {
  return { kind: 'fits-nowhere', podMessage, refusals: new Map(), plugins: new Set([plugin]) }
}

function filterNodes(rules: readonly Rule[], { pod, cluster, startIndex }: FindNodeOptions) {
  const { nodes } = cluster
  const fitting: NodeInfo[] = []
  const refusals = new Map<NodeInfo, Refusal>()
  const plugins = new Set<string>()
  const enough = enoughNodes(nodes.length)
  const selectors = rules.filter(({ filter }) => filter.names)
  for (let i = 0; i < nodes.length && fitting.length < enough; i++) {
    const node = nodes[(startIndex + i) % nodes.length] as NodeInfo
    const refusal =
      unselected(node, selectors) ?? firstRefusal(cluster.withNominated(node, pod), rules, plugins)
    if (refusal) refusals.set(node, refusal)
    else fitting.push(node)
  }
  return { fitting, refusals, plugins }
}

/** A node outside those that the Pod names is not looked at (schedule_one.go:findNodesThatFitPod). */
function unselected(node: NodeInfo, selectors: readonly Rule[]): Refusal | undefined {
  if (selectors.every(({ filter }) => filter.names?.has(node.name))) return undefined
  const names = selectors.map(({ plugin }) => plugin.name).join(' ')
  return { reasons: [`node(s) didn't satisfy plugin(s) [${names}]`], isFinal: true }
}

function firstRefusal(node: NodeInfo, rules: readonly Rule[], plugins: Set<string>): Refusal | undefined {
  for (const { plugin, filter } of rules) {
    const refusal = filter.refuse(node)
    if (!refusal) continue
    plugins.add(plugin.name)
    return refusal
  }
  return undefined
}

/** The node with the highest weighted sum of scores; among equals, one by chance (schedule_one.go:selectHost). */
function best(nodes: readonly NodeInfo[], { pod, cluster, scores, random }: FindNodeOptions): NodeInfo {
  const [first] = nodes as [NodeInfo, ...NodeInfo[]]
  if (nodes.length === 1) return first
  const totals = nodes.map(() => 0)
  for (const plugin of scores) {
    const values = plugin.score(pod, nodes, cluster)
    values?.forEach((value, index) => (totals[index] = (totals[index] ?? 0) + value * plugin.weight))
  }
  const highest = Math.max(...totals)
  return random.pick(nodes.filter((_, index) => totals[index] === highest)) ?? first
}
