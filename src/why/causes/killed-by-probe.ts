// A liveness or startup probe has failed often enough: the kubelet kills the container and starts it again.

import type { Cause } from '../cause.ts'
import { eventsSoFar, lastRun } from '../moment.ts'
import { oneLine } from '../wording.ts'

export const killedByProbe: Cause = {
  name: 'killed-by-probe',
  steps: ['preStop', 'TERM', 'gracePeriod', 'restartBackOff'],
  find(moment, { container = '' }) {
    const [, probe] =
      /failed (liveness|startup) probe/.exec(lastRun(moment, container)?.killing?.message ?? '') ?? []
    if (probe === undefined) return undefined
    const output = eventsSoFar(moment, container).findLast(
      ({ reason, message }) => reason === 'Unhealthy' && message.toLowerCase().startsWith(probe),
    )
    return {
      because: `the kubelet killed ${container} because its ${probe} probe failed${output ? `: ${oneLine(output.message)}` : ''}`,
      next: `correct the ${probe} probe, or what it asks`,
    }
  },
}
