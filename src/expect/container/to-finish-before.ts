// container('a').toFinishBefore('b'): when b first starts, a has exited.

import type { Claim } from '../sentence.ts'
import type { Subject } from '../subject.ts'
import { orderClaim } from './ordered.ts'
import type { OrderOptions } from './ordered.ts'

export function toFinishBefore(
  pod: Subject,
  container: string,
  other: string,
  options?: OrderOptions,
): Claim {
  return orderClaim(pod, {
    kind: 'toFinishBefore',
    container,
    other,
    moments: ['exit', 'start'],
    options,
  })
}
