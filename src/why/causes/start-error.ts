// The runtime cannot create or start a container.

import type { Cause } from '../cause.ts'
import { eventsSoFar, statusAt } from '../moment.ts'
import { oneLine } from '../wording.ts'

export const startError: Cause = {
  name: 'start-error',
  steps: ['restartBackOff', 'containerStart', 'configError', 'ended'],
  find(moment, { container = '' }) {
    const { state, lastState } = statusAt(moment, container) ?? {}
    const failure = eventsSoFar(moment, container).findLast(
      ({ reason }) => reason !== 'BackOff' && reason !== 'Pulled',
    )
    const ofEvent = failure?.reason === 'Failed' ? failure.message.replace(/^Error: /, '') : undefined
    const startError = [state?.terminated, lastState?.terminated].find(
      (each) => each?.reason === 'StartError',
    )
    const message = startError?.message ?? ofEvent
    if (!message) return undefined
    return { because: `${container} cannot be started: ${oneLine(message)}`, next: advice(message) }
  },
}

function advice(message: string): string {
  if (/executable file not found|no such file or directory/.test(message))
    return "correct the container's command, or its image"
  if (/permission denied/.test(message)) return 'make the command executable in the image'
  if (/runAsNonRoot|non-root|non-numeric user/.test(message))
    return 'set runAsUser, or take an image with a numeric user'
  return 'kubectl describe pod shows the whole message'
}
