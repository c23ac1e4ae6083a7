// container('a').toStartBefore('b'): when b first starts, a has started.

import type { Claim } from '../sentence.ts'
import type { Subject } from '../subject.ts'
import { orderClaim } from './ordered.ts'
import type { OrderOptions } from './ordered.ts'

export function toStartBefore(pod: Subject, container: string, other: string, options?: OrderOptions): Claim {
  return orderClaim(pod, {
    kind: 'toStartBefore',
    container,
    other,
    moments: ['start', 'start'],
    options,
  })
}
