// What scheduling plugins may look at: the nodes with their Pods, and the objects that rules refer to.

import type { Json, Pod } from '../../pod/json.ts'
import { matchesLabels, structuredSelector } from '../../pod/label-selector.ts'
import type { Store } from '../store/store.ts'
import type { Cache } from './cache.ts'
import type { NodeInfo } from './node-info.ts'
import type { Nominations } from './nominations.ts'
import type {
  V1PersistentVolume,
  V1PersistentVolumeClaim,
  V1PodDisruptionBudget,
  V1StorageClass,
} from '@kubernetes/client-node'

export type PersistentVolume = Json<V1PersistentVolume>
export type PersistentVolumeClaim = Json<V1PersistentVolumeClaim>
export type StorageClass = Json<V1StorageClass>

/** The cluster at the moment of a scheduling cycle. */
export interface ClusterView {
  readonly nodes: readonly NodeInfo[]
  /** The labels of a namespace; undefined when it does not exist. */
  namespaceLabels(name: string): Readonly<Record<string, string>> | undefined
  claim(namespace: string, name: string): PersistentVolumeClaim | undefined
  volume(name: string): PersistentVolume | undefined
  volumes(): readonly PersistentVolume[]
  storageClass(name: string): StorageClass | undefined
  /** The disruption budgets that speak of a Pod. */
  budgetsOf(pod: Pod): readonly Budget[]
  /** A node as a Pod finds it: with the more important Pods that have been promised room there. */
  withNominated(node: NodeInfo, pod: Pod): NodeInfo
}

/** A PodDisruptionBudget, as far as preemption cares. */
export interface Budget {
  readonly name: string
  readonly disruptionsAllowed: number
}

/** What the scheduler's cache and the store know, read when it is asked for. */
export function clusterView({
  store,
  cache,
  nominations,
}: {
  readonly store: Store
  readonly cache: Cache
  readonly nominations: Nominations
}): ClusterView {
  return {
    get nodes() {
      return cache.nodes
    },
    namespaceLabels: (name) => {
      const namespace = store.get('namespaces', { name })
      return namespace && (namespace.metadata.labels ?? {})
    },
    claim: (namespace, name) =>
      store.get('persistentvolumeclaims', { namespace, name }) as PersistentVolumeClaim,
    volume: (name) => store.get('persistentvolumes', { name }) as PersistentVolume,
    volumes: () => store.list('persistentvolumes') as readonly PersistentVolume[],
    storageClass: (name) => store.get('storageclasses.storage.k8s.io', { name }) as StorageClass,
    budgetsOf: (pod) => budgetsOf(store, pod),
    withNominated: (node, pod) => nominations.withNominated(node, pod),
  }
}

function budgetsOf(store: Store, pod: Pod): readonly Budget[] {
  const namespace = pod.metadata?.namespace ?? ''
  const budgets = store.list(
    'poddisruptionbudgets.policy',
    namespace,
  ) as readonly Json<V1PodDisruptionBudget>[]
  return budgets.flatMap(({ metadata, spec, status }) => {
    const selector = structuredSelector(spec?.selector)
    if (!selector || !matchesLabels(selector, pod.metadata?.labels)) return []
    return [{ name: `${namespace}/${metadata?.name}`, disruptionsAllowed: status?.disruptionsAllowed ?? 0 }]
  })
}
