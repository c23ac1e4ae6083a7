// Which of two moments in the lives of two containers came first, as far as the record can tell.

import { podOf } from '../../history/rows.ts'
import type { ObjectChange } from '../../history/entry.ts'
import { containerStatus } from '../../pod/containers.ts'
import { containerRuns } from '../../why/container-run.ts'
import type { Mark } from '../../why/mark.ts'
import type { PodRecord } from '../../why/pod-record.ts'

/** The start, or the exit, of one instance of a container. */
export interface Moment {
  readonly container: string
  readonly what: 'start' | 'exit'
  /** How often the container had been restarted before: its first instance, 0, unless told. */
  readonly instance?: number
}

/**
 * `open`: neither has happened yet. `untold`: both have, but one state showed them together and the instants that are known
 * of them overlap.
 */
export type Order = 'before' | 'after' | 'open' | 'untold'

/**
 * The order of two moments in the changes seen so far. A state of the Pod is a snapshot: what it shows as done came before
 * what it shows as not yet done. Only where one state showed both together do the instants decide.
 */
export function orderOf(changes: readonly ObjectChange[], record: PodRecord, a: Moment, b: Moment): Order {
  const first = changes.findIndex((change) => hasHappened(change, a))
  const second = changes.findIndex((change) => hasHappened(change, b))
  if (first < 0 && second < 0) return 'open'
  if (first !== second) return second < 0 || (first >= 0 && first < second) ? 'before' : 'after'
  return orderOfMarks(markOf(record, a), markOf(record, b))
}

function hasHappened(change: ObjectChange, { container, what, instance = 0 }: Moment): boolean {
  const pod = podOf(change)
  const status = pod && containerStatus(pod, container)
  if (!status || status.restartCount < instance) return false
  if (status.restartCount > instance) return true
  const { state, lastState } = status
  // While it waits for its next start, the instance that has ended is the last one, and RESTARTS has not risen yet.
  const hasExited =
    state?.terminated !== undefined || (!state?.running && lastState?.terminated !== undefined)
  return hasExited || (what === 'start' && state?.running !== undefined)
}

function markOf(record: PodRecord, { container, what, instance = 0 }: Moment): Mark | undefined {
  const run = containerRuns(record).filter((candidate) => candidate.container.name === container)[instance]
  return what === 'start' ? run?.started : run?.exit
}

function orderOfMarks(a: Mark | undefined, b: Mark | undefined): Order {
  if (!a || !b) return 'untold'
  if (a.latestMs < b.earliestMs) return 'before'
  return b.latestMs < a.earliestMs ? 'after' : 'untold'
}
