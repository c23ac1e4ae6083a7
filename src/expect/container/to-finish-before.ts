// container('a').toFinishBefore('b'): when b first starts, a has exited.

import type { Claim } from '../sentence.ts'
import type { Subject, Within } from '../subject.ts'
import { judgeOrder } from './ordered.ts'

export function toFinishBefore(pod: Subject, container: string, other: string, options?: Within): Claim {
  return pod.claim({
    kind: 'toFinishBefore',
    args: options ? [other, options] : [other],
    within: options?.within,
    judge: (trial) => judgeOrder(trial, { container, what: 'exit' }, { container: other, what: 'start' }),
  })
}
