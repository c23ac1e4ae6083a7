// Pods by the node that they are bound to: what a kubelet lists and watches, and whoever clears up after a node.

import type { Change, Store } from '../../store/store.ts'
import type { Pod } from './pod.ts'

const INDEX = 'node'

/** Keeps the Pods of a store by node, from now on. */
export function indexPodsByNode(store: Store): void {
  store.index('pods', INDEX, (object) => [(object as Pod).spec?.nodeName ?? ''])
}

/** The Pods that are bound to a node, in no promised order. */
export function podsOfNode(store: Store, nodeName: string): readonly Pod[] {
  return store.by('pods', INDEX, nodeName) as readonly Pod[]
}

/** Calls `listener` inside every write to a Pod of the node. Answers how to stop. */
export function subscribeToPodsOfNode(
  store: Store,
  nodeName: string,
  listener: (change: Change<Pod>) => void,
): () => void {
  return store.subscribeBy('pods', INDEX, nodeName, (change) => listener(change as Change<Pod>))
}
