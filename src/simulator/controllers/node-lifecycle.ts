// The node lifecycle controller: a node that has fallen silent is Unknown, its Pods are not ready, and it is tainted.

import type { V1NodeCondition, V1Taint } from '@kubernetes/client-node'
import { condition, isTrue } from '../../pod/conditions.ts'
import type { Json } from '../../pod/json.ts'
import type { Timer } from '../../time/clock.ts'
import { involvedObject } from '../events/event-recorder.ts'
import type { Node } from '../kinds/node.ts'
import { node as nodeKind } from '../kinds/node.ts'
import { indexPodsByNode, podsOfNode } from '../kinds/pod/pods-by-node.ts'
import { isEqual } from '../store/equality.ts'
import { timestamp } from '../store/object.ts'
import type { Change } from '../store/store.ts'
import type { Controller } from './controller.ts'
import { recorderOf } from './controller.ts'
import { nodeTaints } from './node-taints.ts'
import { setPodCondition } from './pod-writes.ts'

/** What the controller has seen of a node. */
interface Health {
  /** When something last came from its kubelet. */
  seenAtMs: number
  check: Timer
}

const WATCHED = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure']
const LEASES = 'kube-node-lease'

/** Source: pkg/controller/nodelifecycle/node_lifecycle_controller.go. */
export const nodeLifecycleController: Controller = (context) => {
  const { registry, timers, timing } = context
  const { store } = registry
  const recorder = recorderOf(context, 'node-controller')
  const health = new Map<string, Health>()
  // Health is looked at on a grid that began with the cluster.
  const startMs = timers.now()

  indexPodsByNode(store)
  store.subscribe('nodes', (change) => onNode(change as Change<Node>))
  store.subscribe('leases.coordination.k8s.io', ({ type, object: { metadata } }) => {
    if (type !== 'DELETED' && metadata.namespace === LEASES) seen(metadata.name ?? '')
  })
  for (const node of registry.list(nodeKind)) register(node)

  function onNode({ type, object, previous }: Change<Node>): void {
    const name = object.metadata.name ?? ''
    if (type === 'DELETED') return forget(name)
    if (!previous) return register(object)
    if (!isEqual(previous.status?.conditions, object.status?.conditions)) onConditions(object, previous)
  }

  function register(node: Node): void {
    const name = node.metadata.name ?? ''
    recorder.event(
      involvedObject(node),
      'Normal',
      'RegisteredNode',
      `Node ${name} event: Registered Node ${name} in Controller`,
    )
    health.set(name, { seenAtMs: timers.now(), check: checkAfter(name, timing.nodeMonitorGraceMs) })
    later(() => taint(name))
  }

  function forget(name: string): void {
    health.get(name)?.check.cancel()
    health.delete(name)
    recorder.event(
      { kind: 'Node', apiVersion: 'v1', name },
      'Normal',
      'RemovingNode',
      `Node ${name} event: Removing Node ${name} from Controller`,
    )
  }

  function seen(name: string): void {
    const known = health.get(name)
    if (known) known.seenAtMs = timers.now()
  }

  /** Conditions change by the kubelet's word, or by this controller's own. */
  function onConditions(node: Node, previous: Node): void {
    const name = node.metadata.name ?? ''
    if (condition(node, 'Ready')?.status !== 'Unknown') seen(name)
    const turnedAway = isTrue(previous, 'Ready') && !isTrue(node, 'Ready')
    later(() => {
      taint(name)
      if (turnedAway) markPodsNotReady(name)
    })
  }

  function later(run: () => void): void {
    timers.at(timers.now() + timing.watchMs.medianMs, run)
  }

  function checkAfter(name: string, delayMs: number): Timer {
    const dueMs = timers.now() + delayMs - startMs
    const atMs = startMs + (Math.floor(dueMs / timing.nodeMonitorMs) + 1) * timing.nodeMonitorMs
    return timers.at(atMs, () => check(name))
  }

  function check(name: string): void {
    const known = health.get(name)
    const node = registry.find(nodeKind, { name })
    if (!known || !node) return
    const silentMs = timers.now() - known.seenAtMs
    const isSilent = silentMs > timing.nodeMonitorGraceMs
    if (isSilent && condition(node, 'Ready')?.status !== 'Unknown') markUnknown(node)
    known.check = checkAfter(name, isSilent ? timing.nodeMonitorMs : timing.nodeMonitorGraceMs - silentMs)
  }

  function markUnknown(node: Node): void {
    const name = node.metadata.name ?? ''
    recorder.event(involvedObject(node), 'Normal', 'NodeNotReady', `Node ${name} status is now: NodeNotReady`)
    registry.change(nodeKind, { name }, (old) => withUnknown(old, timestamp(timers.now())), {
      subresource: 'status',
    })
  }

  /** Source: pkg/controller/util/node/controller_utils.go:MarkPodsNotReady. Only the condition Ready is touched. */
  function markPodsNotReady(nodeName: string): void {
    for (const pod of podsOfNode(store, nodeName)) {
      if (!isTrue(pod, 'Ready')) continue
      setPodCondition(registry, pod, { type: 'Ready', status: 'False' })
      recorder.event(involvedObject(pod), 'Warning', 'NodeNotReady', 'Node is not ready')
    }
  }

  function taint(name: string): void {
    const node = registry.find(nodeKind, { name })
    if (!node) return
    const isAllDown = registry.list(nodeKind).every((other) => !isTrue(other, 'Ready'))
    const taints = nodeTaints(node, { isAllDown, now: timestamp(timers.now()) })
    if (!isEqual(taints, node.spec?.taints ?? []))
      registry.change(nodeKind, { name }, (old) => withTaints(old, taints))
  }
}

function withTaints(node: Node, taints: readonly Json<V1Taint>[]): Node {
  const { taints: _, ...spec } = node.spec ?? {}
  return { ...node, spec: taints.length > 0 ? { ...spec, taints } : spec }
}

/** Every condition that the kubelet should have reported becomes Unknown; others stay. */
function withUnknown(node: Node, now: string): Node {
  const conditions = node.status?.conditions ?? []
  const unknown = WATCHED.map((type): Json<V1NodeCondition> => {
    const old = conditions.find((candidate) => candidate.type === type)
    if (old) {
      const message = 'Kubelet stopped posting node status.'
      const since = old.status === 'Unknown' ? old.lastTransitionTime : now
      return {
        ...old,
        status: 'Unknown',
        reason: 'NodeStatusUnknown',
        message,
        ...(since && { lastTransitionTime: since }),
      }
    }
    const message = 'Kubelet never posted node status.'
    const times = { lastHeartbeatTime: node.metadata.creationTimestamp ?? now, lastTransitionTime: now }
    return { type, status: 'Unknown', reason: 'NodeStatusNeverUpdated', message, ...times }
  })
  const others = conditions.filter(({ type }) => !WATCHED.includes(type))
  const ordered = conditions.flatMap(({ type }) => unknown.find((candidate) => candidate.type === type) ?? [])
  const fresh = unknown.filter(({ type }) => !conditions.some((candidate) => candidate.type === type))
  return { ...node, status: { ...node.status, conditions: [...others, ...ordered, ...fresh] } }
}
