// What a failure tells beside the claim: the timeline of the object, why it does not go on, and what to do next.

import { closest } from '../cluster/closest.ts'
import type { History } from '../history/history.ts'
import type { ObjectChange } from '../history/entry.ts'
import { podNotes } from '../history/notes.ts'
import { isSameRow, rowOf } from '../history/rows.ts'
import { why } from '../why/why.ts'
import type { ObjectReference } from './claim-record.ts'
import type { FailureFacts, TimelineLine } from './failure.ts'

type Explanation = Pick<FailureFacts, 'timeline' | 'because' | 'next'>

/** What is known about an object at `nowMs`, as far as a failure can use it. */
export function explain(history: History, about: ObjectReference, nowMs: number): Explanation {
  if (!history.timeline(about.kind, about.name)) return suggestion(history, about)
  if (about.kind !== 'Pod') return { timeline: objectTimeline(history, about) }
  const finding = why(history, about.name, nowMs)
  return {
    timeline: podTimeline(history, about.name, nowMs),
    ...(finding && { because: finding.because }),
    ...(finding?.next !== undefined && { next: finding.next }),
  }
}

/** An object that never was: perhaps another name was meant. */
function suggestion(history: History, { kind, name }: ObjectReference): Explanation {
  const names = history.timelines(kind).map((timeline) => timeline.name)
  const meant = closest(name, names)
  if (meant !== undefined) return { next: `did you mean "${meant}"?` }
  if (names.length > 0) return { because: `the only ones are ${names.join(', ')}` }
  return kind === 'Pod' ? { because: 'no Pod was ever created in this test' } : {}
}

/** Each state of a Pod that showed another row, or news of its containers, and how long the last one stands. */
function podTimeline(history: History, name: string, nowMs: number): readonly TimelineLine[] {
  const changes = history.timeline('Pod', name)?.changes ?? []
  const startMs = changes[0]?.atMs ?? nowMs
  const lines = changes.flatMap((change, index) => {
    const text = changeText(change, changes[index - 1])
    return text === undefined ? [] : [{ offsetMs: change.atMs - startMs, text }]
  })
  const last = lines.at(-1)
  const stoodMs = nowMs - startMs - (last?.offsetMs ?? 0)
  if (!last || stoodMs < REMARKABLE_MS || changes.at(-1)?.type === 'DELETED') return lines
  return [...lines.slice(0, -1), { ...last, remark: `${seconds(stoodMs)} here` }]
}

/** A state that stands for less than this is not where the time went. */
const REMARKABLE_MS = 1_000

/** What is new in a change; undefined if that is nothing a reader looks for. */
function changeText(change: ObjectChange, before: ObjectChange | undefined): string | undefined {
  if (change.type === 'DELETED') return 'deleted'
  const notes = podNotes(change, before)
  const row = rowOf(change)
  const isNewRow = !before || before.type === 'DELETED' || !isSameRow(rowOf(before), row)
  if (!isNewRow && notes.length === 0) return undefined
  return notes.length === 0 ? row.status : `${row.status} (${notes.join(', ')})`
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
