// Room that was promised: Pods for which others have been preempted, before they are bound.

import type { Pod } from '../../pod/json.ts'
import type { NodeInfo } from './node-info.ts'
import { priorityOf } from './queue.ts'

/** Source: pkg/scheduler/backend/queue/nominator.go. */
export class Nominations {
  readonly #nodeNames = new Map<string, string>()
  readonly #pods = new Map<string, Map<string, Pod>>()

  nominate(pod: Pod, nodeName: string): void {
    this.remove(pod)
    const uid = pod.metadata?.uid ?? ''
    this.#nodeNames.set(uid, nodeName)
    const pods = this.#pods.get(nodeName) ?? new Map<string, Pod>()
    pods.set(uid, pod)
    this.#pods.set(nodeName, pods)
  }

  /** Follows what the Pod's status says. */
  update(pod: Pod): void {
    const nodeName = pod.status?.nominatedNodeName
    if (nodeName) this.nominate(pod, nodeName)
  }

  remove(pod: Pod): void {
    const uid = pod.metadata?.uid ?? ''
    const nodeName = this.#nodeNames.get(uid)
    if (nodeName === undefined) return
    this.#nodeNames.delete(uid)
    this.#pods.get(nodeName)?.delete(uid)
  }

  /** The node as `pod` finds it: Pods at least as important as it have their room there already. */
  withNominated(node: NodeInfo, pod: Pod): NodeInfo {
    const promised = [...(this.#pods.get(node.name)?.values() ?? [])].filter(
      (other) => other.metadata?.uid !== pod.metadata?.uid && priorityOf(other) >= priorityOf(pod),
    )
    if (promised.length === 0) return node
    const fuller = node.without(new Set())
    for (const other of promised) fuller.add(other)
    return fuller
  }
}
