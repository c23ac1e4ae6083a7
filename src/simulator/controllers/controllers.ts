// Every controller of the control plane. Adding one is one file and one line here.

import type { Controller } from './controller.ts'
import { cronJobController } from './cron-job.ts'
import { daemonSetController } from './daemon-set/daemon-set.ts'
import { deploymentController } from './deployment/deployment.ts'
import { disruptionController } from './disruption.ts'
import { endpointSliceController } from './endpoint-slice.ts'
import { endpointsController } from './endpoints.ts'
import { eventExpiry } from './event-expiry.ts'
import { garbageCollector } from './garbage-collector.ts'
import { jobController } from './job/job.ts'
import { namespaceController } from './namespace.ts'
import { nodeLifecycleController } from './node-lifecycle.ts'
import { podGarbageController } from './pod-garbage.ts'
import { replicaSetController } from './replica-set.ts'
import { replicationControllerController } from './replication-controller.ts'
import { resourceQuotaController } from './resource-quota.ts'
import { rootCaPublisher } from './root-ca-publisher.ts'
import { serviceAccountController } from './service-account.ts'
import { statefulSetController } from './stateful-set/stateful-set.ts'
import { taintEvictionController } from './taint-eviction.ts'
import { ttlAfterFinishedController } from './ttl-after-finished.ts'

/** In the order of their files' names. */
export const controllers: readonly Controller[] = [
  cronJobController,
  daemonSetController,
  deploymentController,
  disruptionController,
  endpointSliceController,
  endpointsController,
  eventExpiry,
  garbageCollector,
  jobController,
  namespaceController,
  nodeLifecycleController,
  podGarbageController,
  replicaSetController,
  replicationControllerController,
  resourceQuotaController,
  rootCaPublisher,
  serviceAccountController,
  statefulSetController,
  taintEvictionController,
  ttlAfterFinishedController,
]
