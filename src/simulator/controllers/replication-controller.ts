// The replication controller: the older kind of ReplicaSet.

import { selectorOfLabels } from '../../pod/label-selector.ts'
import { replicationController } from '../kinds/replication-controller.ts'
import type { Controller } from './controller.ts'
import type { ReplicasStatus } from './replicas.ts'
import { startReplicas } from './replicas.ts'

/** Source: pkg/controller/replication/replication_controller.go, which is the ReplicaSet's under another name. */
export const replicationControllerController: Controller = (context) => {
  startReplicas(context, {
    kind: replicationController,
    component: 'replication-controller',
    selectorOf: ({ spec }) => (spec?.selector ? selectorOfLabels(spec.selector) : undefined),
    replicasOf: ({ spec }) => spec?.replicas ?? 1,
    templateOf: ({ spec }) => spec?.template ?? {},
    minReadySecondsOf: ({ spec }) => spec?.minReadySeconds ?? 0,
    statusOf: ({ status }) => (status ?? { replicas: 0 }) as ReplicasStatus,
    withStatus: (owner, status) => ({ ...owner, status }),
    countsTerminating: false,
  })
}
