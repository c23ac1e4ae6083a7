// The network of a terminal: none. Only kubectl reaches the cluster, and it has the host's.

import type { Network } from '../process/network.ts'
import { SystemError } from '../process/system-error.ts'

const NOTHING = { cancel: () => {} }

/** No address, no name server, no way out. */
export const noNetwork: Network = {
  addresses: [],
  query: () => NOTHING,
  connect(_, settle) {
    settle('ENETUNREACH')
    return NOTHING
  },
  listen() {
    throw new SystemError('EADDRNOTAVAIL')
  },
}
