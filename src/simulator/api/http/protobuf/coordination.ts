// Field numbers of the messages of coordination/v1.

import type { Messages } from './messages.ts'

export const coordination: Messages = {
  Lease: 'metadata 1 meta/v1.ObjectMeta, spec 2 LeaseSpec',
  LeaseSpec: `
    holderIdentity 1 string?, leaseDurationSeconds 2 int?, acquireTime 3 MicroTime?, renewTime 4 MicroTime?,
    leaseTransitions 5 int?, strategy 6 string?, preferredHolder 7 string?`,
}
