// The ReplicaSet controller.

import { structuredSelector } from '../../pod/label-selector.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import type { ReplicaSet } from '../kinds/replica-set.ts'
import { replicaSet } from '../kinds/replica-set.ts'
import type { Store } from '../store/store.ts'
import type { Controller } from './controller.ts'
import { controllerOf } from './owned-pods.ts'
import { startReplicas } from './replicas.ts'

/** Source: pkg/controller/replicaset/replica_set.go. */
export const replicaSetController: Controller = (context) => {
  startReplicas(context, {
    kind: replicaSet,
    component: 'replicaset-controller',
    selectorOf: ({ spec }) => structuredSelector(spec?.selector),
    replicasOf: ({ spec }) => spec?.replicas ?? 1,
    templateOf: ({ spec }) => spec?.template ?? {},
    minReadySecondsOf: ({ spec }) => spec?.minReadySeconds ?? 0,
    statusOf: ({ status }) => status ?? { replicas: 0 },
    withStatus: (owner, status) => ({ ...owner, status }),
    countsTerminating: true,
    relatedPods: (owner) => relatedPods(context.registry.store, owner),
  })
}

/** The Pods of all ReplicaSets of the same Deployment: they share nodes. Source: replica_set.go:getIndirectlyRelatedPods. */
function relatedPods(store: Store, set: ReplicaSet): readonly Pod[] {
  const owner = controllerOf(set)
  const siblings = owner ? store.by('replicasets.apps', 'controller', owner.uid) : [set]
  return siblings.flatMap(
    ({ metadata }) => store.by('pods', 'controller', metadata.uid ?? '') as readonly Pod[],
  )
}
