// What a scheduling plugin is: a rule that refuses nodes, or one that prefers some of them.

import type { Pod } from '../../pod/json.ts'
import type { ClusterView } from './cluster-view.ts'
import type { NodeInfo } from './node-info.ts'

/** Why a Pod does not fit on a node, in the scheduler's words. */
export interface Refusal {
  readonly reasons: readonly string[]
  /** Whether nothing that runs there is to blame, so that preempting Pods would not help (UnschedulableAndUnresolvable). */
  readonly isFinal: boolean
}

/** What a plugin found when it looked at a Pod, before looking at any node. */
export type Prepared = NodeFilter | PodRefusal

export interface NodeFilter {
  readonly kind: 'filter'
  /** The only nodes worth looking at, if the Pod names them itself (PreFilterResult). */
  readonly names?: ReadonlySet<string> | undefined
  /** Judges one node: undefined when the Pod fits. */
  refuse(node: NodeInfo): Refusal | undefined
}

/** The Pod fits nowhere, whatever the nodes are. */
export interface PodRefusal {
  readonly kind: 'refusal'
  readonly message: string
}

/** A rule about where a Pod may run. The source of each is the plugin of that name in pkg/scheduler/framework/plugins. */
export interface FilterPlugin {
  readonly name: string
  /** Looks at the Pod once; undefined when the rule has nothing to say about it. */
  prepare(pod: Pod, cluster: ClusterView): Prepared | undefined
  /** Whether a change in the cluster may let a Pod pass that this rule has refused (its queueing hint). */
  isHelpedBy(change: ClusterChange, pod: Pod): boolean
}

/** A rule about where a Pod should rather run: the score of each node, from 0 to 100 after `weight` is left out. */
export interface ScorePlugin {
  readonly name: string
  readonly weight: number
  /** undefined when the rule has nothing to say about the Pod. */
  score(pod: Pod, nodes: readonly NodeInfo[], cluster: ClusterView): readonly number[] | undefined
}

/** What happened in the cluster, as far as Pods that wait for a node may care. */
export type ClusterChange =
  | { readonly kind: 'node-added'; readonly node: NodeInfo }
  | { readonly kind: 'node-updated'; readonly node: NodeInfo; readonly aspects: ReadonlySet<NodeAspect> }
  | { readonly kind: 'pod-assigned' | 'pod-relabelled'; readonly pod: Pod }
  | { readonly kind: 'pod-gone'; readonly pod: Pod }
  | { readonly kind: 'volume-changed' }

/** The parts of a Node that can make a difference. */
export type NodeAspect = 'allocatable' | 'labels' | 'taints' | 'unschedulable'
