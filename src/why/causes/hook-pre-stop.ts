// A preStop hook is running: the stop signal is sent after it.

import type { Cause } from '../cause.ts'
import { lastRun } from '../moment.ts'
import { seconds } from '../wording.ts'

export const hookPreStop: Cause = {
  name: 'hook-pre-stop',
  steps: ['preStop'],
  isGeneral: true,
  find(moment, { container = '' }) {
    const run = lastRun(moment, container)
    const stop = run && moment.facts.stops.get(run)
    if (!stop) return undefined
    const elapsed = seconds(moment.atMs - stop.killing.atMs)
    return {
      because: `the preStop hook of ${container} has run for ${elapsed} of the grace period of ${seconds(stop.graceMs)}; TERM follows it`,
      next: 'wait for the hook, or shorten it',
    }
  },
}
