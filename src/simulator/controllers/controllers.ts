// Every controller of the control plane. Adding one is one file and one line here.

import type { Controller } from './controller.ts'
import { endpointSliceController } from './endpoint-slice.ts'
import { endpointsController } from './endpoints.ts'
import { garbageCollector } from './garbage-collector.ts'
import { namespaceController } from './namespace.ts'
import { nodeLifecycleController } from './node-lifecycle.ts'
import { podGarbageController } from './pod-garbage.ts'
import { rootCaPublisher } from './root-ca-publisher.ts'
import { serviceAccountController } from './service-account.ts'
import { taintEvictionController } from './taint-eviction.ts'

/** In the order of their files' names. */
export const controllers: readonly Controller[] = [
  endpointSliceController,
  endpointsController,
  garbageCollector,
  namespaceController,
  nodeLifecycleController,
  podGarbageController,
  rootCaPublisher,
  serviceAccountController,
  taintEvictionController,
]
