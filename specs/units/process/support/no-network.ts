// A network namespace without any wire: everything is unreachable.

import type { Network } from '../../../../src/process/network.ts'
import { SystemError } from '../../../../src/process/system-error.ts'

export const noNetwork: Network = {
  addresses: [],
  query: () => ({ cancel() {} }),
  connect(_remote, settle) {
    settle('ENETUNREACH')
    return { cancel() {} }
  },
  listen() {
    throw new SystemError('EADDRNOTAVAIL')
  },
}
