// How the instances of a container have ended so far.

import { isRunning } from './moment.ts'
import type { Moment } from './moment.ts'
import type { Exit } from './container-instance.ts'

/** How the last instance ended; undefined while it runs, or before the first. */
export function lastExit(moment: Moment, container: string): Exit | undefined {
  const run = moment.facts.runs.findLast(
    (each) => each.container.name === container && each.started.atMs <= moment.atMs,
  )
  return run && !isRunning(moment, run) ? run.exit : undefined
}

/** How many instances have ended. */
export function exitedTimes(moment: Moment, container: string): number {
  return moment.facts.runs.filter((run) => run.container.name === container && !isRunning(moment, run)).length
}
