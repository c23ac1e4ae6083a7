// Which taints the state of a node calls for. Pure.

import type { V1Taint } from '@kubernetes/client-node'
import { condition } from '../../pod/conditions.ts'
import type { Json } from '../../pod/json.ts'
import type { Node } from '../kinds/node.ts'

export type Taint = Json<V1Taint>

export interface TaintCircumstances {
  /** No node is ready: then the network is rather to blame than the nodes, and nobody is evicted. */
  readonly isAllDown: boolean
  /** For taints that are new. */
  readonly now: string
}

const NOT_READY = 'node.kubernetes.io/not-ready'
const UNREACHABLE = 'node.kubernetes.io/unreachable'
const PRESSURES: Readonly<Record<string, string>> = {
  DiskPressure: 'node.kubernetes.io/disk-pressure',
  MemoryPressure: 'node.kubernetes.io/memory-pressure',
  NetworkUnavailable: 'node.kubernetes.io/network-unavailable',
  PIDPressure: 'node.kubernetes.io/pid-pressure',
}
const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable'
const OWN = new Set([NOT_READY, UNREACHABLE, UNSCHEDULABLE, ...Object.values(PRESSURES)])

/**
 * The taints of the node as they should be: those of others as they are, its own by its conditions.
 * Source: pkg/controller/nodelifecycle/node_lifecycle_controller.go: doNoScheduleTaintingPass, processTaintBaseEviction.
 */
export function nodeTaints(node: Node, { isAllDown, now }: TaintCircumstances): readonly Taint[] {
  const old = node.spec?.taints ?? []
  const ready = condition(node, 'Ready')?.status ?? 'Unknown'
  const wished: Taint[] = []
  if (node.spec?.unschedulable) wished.push({ key: UNSCHEDULABLE, effect: 'NoSchedule' })
  if (ready === 'False') wished.push({ key: NOT_READY, effect: 'NoSchedule' })
  if (ready === 'Unknown') wished.push({ key: UNREACHABLE, effect: 'NoSchedule' })
  for (const [type, key] of Object.entries(PRESSURES)) {
    if (condition(node, type)?.status === 'True') wished.push({ key, effect: 'NoSchedule' })
  }
  if (!isAllDown && ready === 'False') wished.push({ key: NOT_READY, effect: 'NoExecute' })
  if (!isAllDown && ready === 'Unknown') wished.push({ key: UNREACHABLE, effect: 'NoExecute' })
  const kept = old.filter((taint) => !OWN.has(taint.key) || wished.some((wish) => isSame(wish, taint)))
  const fresh = wished.filter((wish) => !old.some((taint) => isSame(wish, taint)))
  return [...kept, ...fresh.map((taint) => ({ ...taint, timeAdded: now }))]
}

function isSame(a: Taint, b: Taint): boolean {
  return a.key === b.key && a.effect === b.effect
}
