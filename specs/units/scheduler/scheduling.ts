// What the scheduler's specs build: nodes and Pods with just the fields that a rule looks at, and a view of them.

import type { Node, Pod, PodSpec } from '../../../src/pod/json.ts'
import type { ClusterView } from '../../../src/simulator/scheduler/cluster-view.ts'
import { filters } from '../../../src/simulator/scheduler/filters/filters.ts'
import type { Decision } from '../../../src/simulator/scheduler/find-node.ts'
import { findNode } from '../../../src/simulator/scheduler/find-node.ts'
import { fitError } from '../../../src/simulator/scheduler/fit-error.ts'
import { NodeInfo } from '../../../src/simulator/scheduler/node-info.ts'
import { preempt } from '../../../src/simulator/scheduler/preemption.ts'
import { scores } from '../../../src/simulator/scheduler/scores/scores.ts'
import { Random } from '../../../src/time/random.ts'

let uids = 0

export function nodeOf(
  name: string,
  parts: Partial<Pick<Node, 'spec'>> & { labels?: Record<string, string> } = {},
): NodeInfo {
  const { labels = {}, ...rest } = parts
  return new NodeInfo({
    metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
    status: { allocatable: { cpu: '2', memory: '4Gi', pods: '110' } },
    ...rest,
  })
}

export function podOf(name: string, spec: Partial<PodSpec> = {}, labels: Record<string, string> = {}): Pod {
  return {
    metadata: { name, namespace: 'default', uid: `uid-${uids++}`, labels },
    spec: { containers: [{ name: 'main' }], ...spec },
  }
}

/** A Pod that requests so much cpu. */
export function hungryPod(name: string, cpu: string, spec: Partial<PodSpec> = {}): Pod {
  return podOf(name, { containers: [{ name: 'main', resources: { requests: { cpu } } }], ...spec })
}

export function viewOf(nodes: readonly NodeInfo[], rest: Partial<ClusterView> = {}): ClusterView {
  return {
    nodes,
    namespaceLabels: () => ({}),
    claim: () => undefined,
    volume: () => undefined,
    volumes: () => [],
    storageClass: () => undefined,
    budgetsOf: () => [],
    withNominated: (node) => node,
    ...rest,
  }
}

export function decide(pod: Pod, cluster: ClusterView): Decision {
  return findNode({ pod, cluster, filters, scores, random: new Random('scheduling'), startIndex: 0 })
}

/** The name of the node on which the Pod lands, or the scheduler's message. */
export function outcome(pod: Pod, cluster: ClusterView): string {
  const decision = decide(pod, cluster)
  if (decision.kind === 'fits') return decision.node.name
  const preemption = preempt({ pod, decision, cluster, filters })
  return fitError({
    nodeCount: cluster.nodes.length,
    reasons: [...decision.refusals.values()].map(({ reasons }) => reasons),
    podMessage: decision.podMessage,
    afterwards: preemption.kind === 'makes-no-room' ? preemption.message : '',
  })
}
