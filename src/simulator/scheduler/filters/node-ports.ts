// A port of the node belongs to one Pod only.

import { hostPortsOf } from '../node-info.ts'
import type { HostPort, NodeInfo } from '../node-info.ts'
import type { FilterPlugin } from '../plugin.ts'

/** Source: plugins/nodeports/node_ports.go, framework/types.go:HostPortInfo. */
export const nodePorts: FilterPlugin = {
  name: 'NodePorts',
  prepare(pod) {
    const wanted = hostPortsOf(pod)
    if (wanted.length === 0) return undefined
    return {
      kind: 'filter',
      refuse: (node) =>
        isTaken(wanted, node)
          ? { reasons: ["node(s) didn't have free ports for the requested pod ports"], isFinal: false }
          : undefined,
    }
  },
  isHelpedBy: (change, pod) =>
    change.kind === 'node-added' ||
    (change.kind === 'pod-gone' && hostPortsOf(change.pod).some((port) => collides(port, hostPortsOf(pod)))),
}

function isTaken(wanted: readonly HostPort[], node: NodeInfo): boolean {
  for (const ports of node.hostPorts()) if (ports.some((port) => collides(port, wanted))) return true
  return false
}

function collides(port: HostPort, others: readonly HostPort[]): boolean {
  return others.some(
    (other) =>
      other.port === port.port &&
      other.protocol === port.protocol &&
      (other.ip === port.ip || other.ip === '0.0.0.0' || port.ip === '0.0.0.0'),
  )
}
