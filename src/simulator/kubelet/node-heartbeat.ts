// The node tells that it is alive: its Lease, its conditions, and the events of its kubelet's start.

import { condition } from '../../pod/conditions.ts'
import { lease as leaseKind } from '../kinds/lease.ts'
import { node as nodeKind, type Node } from '../kinds/node.ts'
import { timestamp } from '../store/object.ts'
import type { KubeletParts } from './parts.ts'

const LEASES = 'kube-node-lease'
/** Kubelet config: nodeLeaseDurationSeconds. */
const LEASE_SECONDS = 40

/** Source: pkg/kubelet/kubelet_node_status.go, pkg/kubelet/nodelease. */
export class NodeHeartbeat {
  readonly #parts: KubeletParts
  #reportedAtMs = 0

  constructor(parts: KubeletParts) {
    this.#parts = parts
  }

  begin(): void {
    this.#tell('Starting', 'Starting kubelet.')
    this.#renewLease()
    this.#report()
  }

  #renewLease(): void {
    const { registry, timers, timing, node } = this.#parts
    const ref = { namespace: LEASES, name: node.name }
    const renewTime = `${new Date(timers.now()).toISOString().slice(0, 23)}000Z`
    const spec = { holderIdentity: node.name, leaseDurationSeconds: LEASE_SECONDS, renewTime }
    const owner = registry.find(nodeKind, { name: node.name })
    if (owner && registry.find(leaseKind, ref)) registry.change(leaseKind, ref, (old) => ({ ...old, spec }))
    else if (owner) {
      const { uid = '' } = owner.metadata
      const ownerReferences = [{ apiVersion: 'v1', kind: 'Node', name: node.name, uid }]
      registry.create(leaseKind, {
        apiVersion: 'coordination.k8s.io/v1',
        kind: 'Lease',
        metadata: { ...ref, ownerReferences },
        spec,
      })
    }
    timers.at(timers.now() + timing.leaseRenewMs, () => this.#renewLease())
  }

  /** Written when something has changed, and every five minutes in any case. */
  #report(): void {
    const { registry, timers, timing, node } = this.#parts
    const nowMs = timers.now()
    const found = registry.find(nodeKind, { name: node.name })
    if (found) {
      const isNews = condition(found, 'Ready')?.status !== 'True'
      if (isNews || nowMs - this.#reportedAtMs >= timing.nodeStatusReportMs) {
        this.#reportedAtMs = nowMs
        const now = timestamp(nowMs)
        registry.change(nodeKind, { name: node.name }, (old) => healthy(old, now), { subresource: 'status' })
        if (isNews) this.#tell('NodeReady', `Node ${node.name} status is now: NodeReady`)
      }
    }
    timers.at(nowMs + timing.nodeStatusUpdateMs, () => this.#report())
  }

  /** Kubelets name the node itself as its uid (kubelet.go:makeEventRecorder). */
  #tell(reason: string, message: string): void {
    const { events, node } = this.#parts
    events.event(
      { kind: 'Node', apiVersion: 'v1', name: node.name, uid: node.name },
      'Normal',
      reason,
      message,
    )
  }
}

const HEALTHY: readonly (readonly [type: string, status: string, reason: string, message: string])[] = [
  ['MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
  ['DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
  ['PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
  ['Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'],
]

function healthy(node: Node, now: string): Node {
  const others = (node.status?.conditions ?? []).filter(({ type }) => !HEALTHY.some(([own]) => own === type))
  const own = HEALTHY.map(([type, status, reason, message]) => {
    const before = condition(node, type)
    const lastTransitionTime = before?.status === status ? (before.lastTransitionTime ?? now) : now
    return { type, status, lastHeartbeatTime: now, lastTransitionTime, reason, message }
  })
  return { ...node, status: { ...node.status, conditions: [...others, ...own] } }
}
