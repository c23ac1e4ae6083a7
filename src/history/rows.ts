// The rows that a history showed: what `kubectl get pods -w` would have printed of each change of a Pod.

import type { Pod } from '../pod/json.ts'
import { podSummary } from '../pod/summary.ts'
import type { ObjectChange } from './entry.ts'
import type { Timeline } from './timeline.ts'

/** READY, STATUS and RESTARTS of a Pod as one change showed them. */
export interface Row {
  readonly change: ObjectChange
  /** `0/1` */
  readonly ready: string
  readonly status: string
  readonly restarts: number
}

/** The Pod that a change shows; undefined for changes of other kinds. */
export function podOf(change: ObjectChange): Pod | undefined {
  // The server's JSON has the shape of the kind that it names.
  return change.object.kind === 'Pod' ? change.object : undefined
}

/** The row of one change of a Pod. Throws a TypeError for a change of another kind. */
export function rowOf(change: ObjectChange): Row {
  const pod = podOf(change)
  if (!pod) throw new TypeError(`a ${change.object.kind} has no row of a Pod`)
  const { status, readyContainers, totalContainers, restarts } = podSummary(pod)
  return { change, ready: `${readyContainers}/${totalContainers}`, status, restarts }
}

/** The rows of a Pod's timeline, in order; a row that repeats the one before it is left out, `DELETED` never is. */
export function rowsOf(timeline: Timeline): readonly Row[] {
  const rows: Row[] = []
  for (const change of timeline.changes) {
    const row = rowOf(change)
    const before = rows.at(-1)
    if (change.type === 'DELETED' || before === undefined || !isSameRow(before, row)) rows.push(row)
  }
  return rows
}

/** Whether two rows of one Pod print alike, but for the age. */
export function isSameRow(a: Row, b: Row): boolean {
  return (
    a.status === b.status &&
    a.ready === b.ready &&
    a.restarts === b.restarts &&
    a.change.object.metadata.uid === b.change.object.metadata.uid
  )
}
