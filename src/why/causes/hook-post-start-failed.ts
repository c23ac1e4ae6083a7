// A postStart hook fails, for which the kubelet kills its container.

import type { Cause } from '../cause.ts'
import { eventsSoFar, lastRun, statusAt } from '../moment.ts'
import { oneLine } from '../wording.ts'

export const hookPostStartFailed: Cause = {
  name: 'hook-post-start-failed',
  steps: ['restartBackOff', 'preStop', 'TERM', 'gracePeriod'],
  find(moment, { container = '' }) {
    const sinceMs = lastRun(moment, container)?.started.atMs ?? 0
    const failure = eventsSoFar(moment, container).find(
      ({ reason, atMs }) => reason === 'FailedPostStartHook' && atMs >= sinceMs,
    )
    if (!failure) return undefined
    const { reason, message } = statusAt(moment, container)?.state?.waiting ?? {}
    const details = reason === 'PostStartHookError' && message ? `: ${oneLine(message)}` : ''
    return {
      because: `the postStart hook of ${container} failed, so the kubelet killed the container${details}`,
      next: `run the hook's command by hand: kubectl exec ${moment.facts.record.name} -c ${container} -- ...`,
    }
  },
}
