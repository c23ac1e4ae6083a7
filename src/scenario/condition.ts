// Waiting for what a scenario waits for: a row of a Pod, its end, or an instant.

import type { History } from '../history/history.ts'
import { rowOf } from '../history/rows.ts'
import type { Timeline } from '../history/timeline.ts'
import type { Clock } from '../time/clock.ts'
import { Latch } from '../time/latch.ts'
import type { Condition } from './scenario.ts'

/** Lets time go by until `condition` holds, its own timeout is over, or the clock reads `deadlineMs`. */
export async function waitFor(
  condition: Condition,
  {
    history,
    clock,
    deadlineMs,
  }: { readonly history: History; readonly clock: Clock; readonly deadlineMs: number },
): Promise<void> {
  const { startedAtMs } = history.facts
  const { t, timeout = Infinity } = condition
  const limitMs = t === undefined ? clock.now() + timeout * 1000 : startedAtMs + t * 1000
  const isMet = new Latch()
  const look = () => {
    if (isRowShown(condition, history)) isMet.settle()
  }
  const stopListening = history.onEntry(look)
  look()
  await clock.pass(isMet, Math.min(limitMs, deadlineMs))
  stopListening()
}

/** Whether the present rows are as the condition wants them; an instant alone is no row. */
function isRowShown(condition: Condition, history: History): boolean {
  if (condition.gone !== undefined) return isGone(history.timeline('Pod', condition.gone))
  const { status, ready, restarts } = condition
  if (status === undefined && ready === undefined && restarts === undefined) return false
  const timeline =
    condition.pod === undefined ? history.timelines('Pod')[0] : history.timeline('Pod', condition.pod)
  if (!timeline?.last || !timeline.exists) return false
  const row = rowOf(timeline.last)
  return (
    (status === undefined || status.split('|').includes(row.status)) &&
    (ready === undefined || ready === row.ready) &&
    (restarts === undefined || row.restarts >= restarts)
  )
}

function isGone(timeline: Timeline | undefined): boolean {
  return timeline !== undefined && !timeline.exists
}
