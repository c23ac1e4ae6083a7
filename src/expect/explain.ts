// What a failure tells beside the claim: the timeline of the object.

import type { History } from '../history/history.ts'
import { containerNotes } from '../history/notes.ts'
import { rowsOf } from '../history/rows.ts'
import type { Row } from '../history/rows.ts'
import type { ObjectReference } from './claim-record.ts'
import type { FailureFacts, TimelineLine } from './failure.ts'
import type { Session } from './session.ts'

/** What is known about an object at `nowMs`, as far as a failure can use it. */
export function explain(session: Session, about: ObjectReference, nowMs: number): Partial<FailureFacts> {
  return {
    timeline:
      about.kind === 'Pod'
        ? podTimeline(session.history, about.name, nowMs)
        : objectTimeline(session.history, about),
  }
}

/** The rows of a Pod with what changed in its containers, and how long the last one stands. */
function podTimeline(history: History, name: string, nowMs: number): readonly TimelineLine[] {
  const timeline = history.timeline('Pod', name)
  const rows = timeline ? rowsOf(timeline) : []
  const startMs = rows[0]?.change.atMs ?? nowMs
  return rows.map((row, index) => {
    const nextMs = rows[index + 1]?.change.atMs ?? nowMs
    const stoodMs = nextMs - row.change.atMs
    const isRemarkable =
      index === rows.length - 1 && stoodMs >= REMARKABLE_MS && row.change.type !== 'DELETED'
    return {
      offsetMs: row.change.atMs - startMs,
      text: rowText(row, rows[index - 1]),
      ...(isRemarkable && { remark: `${seconds(stoodMs)} here` }),
    }
  })
}

/** A state that stands for less than this is not where the time went. */
const REMARKABLE_MS = 1_000

function rowText(row: Row, before: Row | undefined): string {
  const word = row.change.type === 'DELETED' ? 'deleted' : row.status
  const notes = row.change.type === 'DELETED' ? [] : containerNotes(row.change, before?.change)
  return notes.length === 0 ? word : `${word} (${notes.join(', ')})`
}

function objectTimeline(history: History, { kind, name }: ObjectReference): readonly TimelineLine[] {
  const changes = history.timeline(kind, name)?.changes ?? []
  const startMs = changes[0]?.atMs ?? 0
  return changes.map(({ atMs, type }) => ({ offsetMs: atMs - startMs, text: type.toLowerCase() }))
}

/** `58.8s` */
export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)}s`
}
