// The scheduler's picture of the cluster: nodes with the Pods on them, including Pods that are only about to be bound.

import type { Node, Pod } from '../../pod/json.ts'
import { NodeInfo } from './node-info.ts'
import type { NodeAspect } from './plugin.ts'

/** Source: pkg/scheduler/backend/cache/cache.go. */
export class Cache {
  readonly #nodes = new Map<string, NodeInfo>()
  /** Where each Pod is, by uid. */
  readonly #places = new Map<string, string>()
  /** Pods whose node is not known yet, by the node's name. */
  readonly #strays = new Map<string, Map<string, Pod>>()
  #list: readonly NodeInfo[] | undefined

  get nodes(): readonly NodeInfo[] {
    this.#list ??= [...this.#nodes.values()]
    return this.#list
  }

  node(name: string): NodeInfo | undefined {
    return this.#nodes.get(name)
  }

  addNode(node: Node): NodeInfo {
    const info = new NodeInfo(node)
    this.#nodes.set(info.name, info)
    this.#list = undefined
    for (const pod of this.#strays.get(info.name)?.values() ?? []) info.add(pod)
    this.#strays.delete(info.name)
    return info
  }

  /** Takes over the new state of a node; answers what of it can matter to scheduling and has changed. */
  updateNode(node: Node): ReadonlySet<NodeAspect> {
    const info = this.#nodes.get(node.metadata?.name ?? '')
    if (!info) return new Set()
    const aspects = changedAspects(info.node, node)
    info.node = node
    return aspects
  }

  removeNode(name: string): void {
    const info = this.#nodes.get(name)
    if (!info) return
    this.#nodes.delete(name)
    this.#list = undefined
    for (const pod of info.pods()) this.#stray(name, pod)
  }

  /** Puts a Pod on a node, or takes over its new state. */
  add(pod: Pod, nodeName: string): void {
    const uid = pod.metadata?.uid ?? ''
    if (this.#places.get(uid) !== nodeName) this.remove(uid)
    this.#places.set(uid, nodeName)
    const info = this.#nodes.get(nodeName)
    if (info) info.add(pod)
    else this.#stray(nodeName, pod)
  }

  remove(uid: string): void {
    const nodeName = this.#places.get(uid)
    if (nodeName === undefined) return
    this.#places.delete(uid)
    this.#nodes.get(nodeName)?.remove(uid)
    this.#strays.get(nodeName)?.delete(uid)
  }

  #stray(nodeName: string, pod: Pod): void {
    const pods = this.#strays.get(nodeName) ?? new Map<string, Pod>()
    pods.set(pod.metadata?.uid ?? '', pod)
    this.#strays.set(nodeName, pods)
  }
}

/** Source: pkg/scheduler/eventhandlers.go:nodeSchedulingPropertiesChange. */
function changedAspects(before: Node, after: Node): ReadonlySet<NodeAspect> {
  const aspects = new Set<NodeAspect>()
  if (differs(before.metadata?.labels, after.metadata?.labels)) aspects.add('labels')
  if (differs(before.status?.allocatable, after.status?.allocatable)) aspects.add('allocatable')
  if (differs(before.spec?.taints, after.spec?.taints)) aspects.add('taints')
  if (before.spec?.unschedulable !== after.spec?.unschedulable) aspects.add('unschedulable')
  return aspects
}

function differs(before: unknown, after: unknown): boolean {
  return before !== after && JSON.stringify(before) !== JSON.stringify(after)
}
