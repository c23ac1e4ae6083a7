// container('a').toStartBefore('b'): when b first starts, a has started.

import type { Claim } from '../sentence.ts'
import type { Subject, Within } from '../subject.ts'
import { judgeOrder } from './ordered.ts'

export function toStartBefore(pod: Subject, container: string, other: string, options?: Within): Claim {
  return pod.claim({
    kind: 'toStartBefore',
    args: options ? [other, options] : [other],
    within: options?.within,
    judge: (trial) => judgeOrder(trial, { container, what: 'start' }, { container: other, what: 'start' }),
  })
}
