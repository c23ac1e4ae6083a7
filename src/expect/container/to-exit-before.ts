// container('a').toExitBefore('b'): when b exits, a has exited.

import type { Claim } from '../sentence.ts'
import type { Subject } from '../subject.ts'
import { orderClaim } from './ordered.ts'
import type { OrderOptions } from './ordered.ts'

export function toExitBefore(pod: Subject, container: string, other: string, options?: OrderOptions): Claim {
  return orderClaim(pod, {
    kind: 'toExitBefore',
    container,
    other,
    moments: ['exit', 'exit'],
    options,
  })
}
