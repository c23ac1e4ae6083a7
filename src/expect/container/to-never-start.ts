// container('c').toNeverStart(): in the whole life of the Pod so far, and as long as it is watched, the container never ran.

import type { Subject } from '../subject.ts'
import type { Watching } from '../watching.ts'
import { stateText } from './container.ts'
import { neverClaim } from './never.ts'

export function toNeverStart(pod: Subject, container: string): Watching {
  return neverClaim(pod, {
    kind: 'toNeverStart',
    container,
    expected: 'never to start',
    broken: (status) => {
      const { state, lastState, restartCount } = status
      const ran = state?.running ?? state?.terminated ?? lastState?.terminated
      return ran === undefined && restartCount === 0 ? undefined : stateText(status)
    },
  })
}
