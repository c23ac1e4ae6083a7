// A container was sent its stop signal and goes on; KILL comes at the end of the grace period.

import type { Cause } from '../cause.ts'
import { lastRun } from '../moment.ts'
import { seconds } from '../wording.ts'

export const termIgnored: Cause = {
  name: 'term-ignored',
  steps: ['TERM', 'gracePeriod'],
  isGeneral: true,
  find(moment, { container = '' }) {
    const run = lastRun(moment, container)
    const stop = run && moment.facts.stops.get(run)
    if (!stop) return undefined
    const elapsed = seconds(moment.atMs - stop.hookEnd.atMs)
    return {
      because: `${container} has not exited ${elapsed} after TERM; KILL ends it when the grace period of ${seconds(stop.graceMs)} is over`,
      next: 'let the process handle TERM (PID 1 ignores it without a handler), or lower terminationGracePeriodSeconds',
    }
  },
}
