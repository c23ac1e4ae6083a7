// Every kind that the simulator serves. Adding one is one file and one line here.

import type { Kind } from '../store/kind.ts'
import { configMap } from './config-map.ts'
import { endpointSlice } from './endpoint-slice.ts'
import { endpoints } from './endpoints.ts'
import { eventView } from './event-view.ts'
import { event } from './event.ts'
import { lease } from './lease.ts'
import { namespace } from './namespace.ts'
import { node } from './node.ts'
import { pod } from './pod/pod.ts'
import { secret } from './secret.ts'
import { serviceAccount } from './service-account.ts'
import { service } from './service/service.ts'

/** In the order of their files' names. */
export const kinds: readonly Kind[] = [
  configMap,
  endpointSlice,
  endpoints,
  event,
  eventView,
  lease,
  namespace,
  node,
  pod,
  secret,
  service,
  serviceAccount,
]
