// A volume cannot be set up.

import type { Cause } from '../cause.ts'
import { eventsSoFar } from '../moment.ts'
import { oneLine } from '../wording.ts'

export const volumes: Cause = {
  name: 'volumes',
  steps: ['volumes', 'sandbox'],
  isGeneral: true,
  find(moment) {
    const failure = eventsSoFar(moment).findLast(({ reason }) =>
      ['FailedMount', 'FailedAttachVolume', 'FailedCreatePodSandBox'].includes(reason),
    )
    if (!failure) return undefined
    return {
      because: oneLine(failure.message),
      next: `kubectl describe pod ${moment.facts.record.name}`,
    }
  },
}
