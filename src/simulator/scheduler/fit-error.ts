// Why a Pod fits nowhere, told in one sentence.

/** What filtering found, node by node. */
export interface Diagnosis {
  readonly nodeCount: number
  /** The reasons of each node that refused. */
  readonly reasons: Iterable<readonly string[]>
  /** Set when the Pod was refused before any node was looked at. */
  readonly podMessage?: string | undefined
  /** What preemption had to say; empty when it found a node. */
  readonly afterwards: string
}

/** The message of a Pod for which there is no node at all (pkg/scheduler/schedule_one.go:ErrNoNodesAvailable). */
export const NO_NODES = 'no nodes available to schedule pods'

/**
 * `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint(s). preemption: ...`. The parts are
 * sorted as texts, count first. Source: pkg/scheduler/framework/types.go:FitError.Error.
 */
export function fitError({ nodeCount, reasons, podMessage, afterwards }: Diagnosis): string {
  const start = `0/${nodeCount} nodes are available:`
  const middle = podMessage === undefined ? countedReasons(reasons) : ` ${podMessage}.`
  return `${start}${middle}${afterwards && ` ${afterwards}`}`
}

function countedReasons(reasons: Iterable<readonly string[]>): string {
  const counts = new Map<string, number>()
  for (const list of reasons) for (const reason of list) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  const parts = [...counts].map(([reason, count]) => `${count} ${reason}`).toSorted(compareText)
  return parts.length > 0 ? ` ${parts.join(', ')}.` : ''
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
