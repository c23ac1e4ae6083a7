// Which Pods of a ReplicaSet go first when there are too many. Pure.

import type { Pod } from '../../pod/json.ts'
import { isPodReady, readySinceMs } from './pod-readiness.ts'

const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost'
const PHASES: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 }

/**
 * The Pods in the order in which they are given up: those without a node, those that are not up yet, the cheap ones,
 * those beside others of the same kind, the younger ones. `related` are all Pods of the same owner's owner.
 * Source: pkg/controller/controller_utils.go:ActivePodsWithRanks.Less.
 */
export function deletionOrder<P extends Pod>(pods: readonly P[], related: readonly Pod[]): readonly P[] {
  const perNode = new Map<string, number>()
  for (const { spec } of related) {
    const node = spec?.nodeName
    if (node) perNode.set(node, (perNode.get(node) ?? 0) + 1)
  }
  const rank = ({ spec }: Pod) => perNode.get(spec?.nodeName ?? '') ?? 0
  return pods.toSorted(
    (a, b) =>
      compare(Boolean(a.spec?.nodeName), Boolean(b.spec?.nodeName)) ||
      compare(phaseOf(a), phaseOf(b)) ||
      compare(isPodReady(a), isPodReady(b)) ||
      compare(costOf(a), costOf(b)) ||
      compare(rank(b), rank(a)) ||
      compare(readySinceMs(b) ?? 0, readySinceMs(a) ?? 0) ||
      compare(restartsOf(b), restartsOf(a)) ||
      compare(b.metadata?.creationTimestamp ?? '', a.metadata?.creationTimestamp ?? ''),
  )
}

function phaseOf({ status }: Pod): number {
  return PHASES[status?.phase ?? 'Pending'] ?? 0
}

function costOf({ metadata }: Pod): number {
  return Number(metadata?.annotations?.[DELETION_COST] ?? 0)
}

function restartsOf({ status }: Pod): number {
  return Math.max(0, ...(status?.containerStatuses ?? []).map(({ restartCount }) => restartCount))
}

function compare<T extends boolean | number | string>(a: T, b: T): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
