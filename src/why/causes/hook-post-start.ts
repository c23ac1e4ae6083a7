// A postStart hook is running, and holds up everything that follows it.

import type { Cause } from '../cause.ts'
import { lastRun } from '../moment.ts'
import { seconds } from '../wording.ts'

export const hookPostStart: Cause = {
  name: 'hook-post-start',
  steps: ['postStart'],
  find(moment, { container = '' }) {
    const run = lastRun(moment, container)
    if (!run) return undefined
    const forHowLong = seconds(moment.atMs - run.started.atMs)
    return {
      because: `the postStart hook of ${container} has run for ${forHowLong}; until it ends, the container is not shown as running`,
      next: `make the hook shorter, or do its work in the container's command`,
    }
  },
}
