// Whether a postStart hook is still running.

import type { ContainerRun } from './container-run.ts'
import type { Moment } from './moment.ts'
import type { PodEvent } from './pod-event.ts'

/**
 * A postStart hook blocks the sync of its Pod: while it runs, the API shows the container as waiting, and no other container
 * is touched. Source: kuberuntime_container.go:startContainer; recordings poststart-slow, poststart-multi-order.
 */
export function isHookRunning(moment: Moment, run: ContainerRun): boolean {
  const { atMs, facts } = moment
  if (run.shown && run.shown.atMs <= atMs) return false
  const hasEnded = facts.record.nodeNotes.some(
    ({ what, container, happenedAtMs }) =>
      what === 'postStart ended' &&
      container === run.container.name &&
      happenedAtMs >= run.started.atMs &&
      happenedAtMs <= atMs,
  )
  if (hasEnded) return false
  return !facts.record.events.some(
    (event) => event.atMs > run.started.atMs && event.atMs <= atMs && endsHook(event, run.container.name),
  )
}

function endsHook(event: PodEvent, hooked: string): boolean {
  if (event.container === hooked) return event.reason === 'FailedPostStartHook' || event.reason === 'Killing'
  return (
    event.container !== undefined &&
    ['Pulling', 'Pulled', 'Created', 'Started', 'Failed'].includes(event.reason)
  )
}
