// What a history holds about one Pod: its states in the order of the watch, and the Events about it.

import type { NodeNote, ObjectChange } from '../history/entry.ts'
import type { History } from '../history/history.ts'
import type { Pod } from '../pod/json.ts'
import { eventPodUid, readPodEvent } from './pod-event.ts'
import type { PodEvent } from './pod-event.ts'

/** One Pod from its first state to its last. A name that is used again begins another record: the uid tells them apart. */
export interface PodRecord {
  readonly history: History
  readonly name: string
  readonly uid: string
  readonly states: readonly PodState[]
  readonly events: readonly PodEvent[]
  /** What its node did with its containers, where that is known. */
  readonly nodeNotes: readonly NodeNote[]
}

export interface PodState {
  readonly atMs: number
  readonly type: ObjectChange['type']
  readonly pod: Pod
}

/** An Event may be emitted so long before the watch shows the change that it belongs to. */
export const WATCH_LAG_MS = 1_000

/** The records of all Pods that bore the name, in the order of their creation. */
export function podRecords(history: History, name: string): readonly PodRecord[] {
  return recordsOf(history, name, history.events({ kind: 'Pod', name }))
}

/** The records of all Pods, by the order in which their names appeared. */
export function allPodRecords(history: History): readonly PodRecord[] {
  const events = new Map<string, ObjectChange[]>()
  for (const change of history.events()) {
    const uid = eventPodUid(change) ?? ''
    const ofPod = events.get(uid)
    if (ofPod) ofPod.push(change)
    else events.set(uid, [change])
  }
  return history.timelines('Pod').flatMap(({ name, changes }) => {
    const uids = new Set(changes.map(({ object }) => object.metadata.uid ?? ''))
    return recordsOf(
      history,
      name,
      [...uids].flatMap((uid) => events.get(uid) ?? []),
    )
  })
}

function recordsOf(history: History, name: string, events: readonly ObjectChange[]): readonly PodRecord[] {
  const states = new Map<string, PodState[]>()
  for (const { atMs, type, object } of history.timeline('Pod', name)?.changes ?? []) {
    const uid = object.metadata.uid ?? ''
    const ofPod = states.get(uid) ?? []
    states.set(uid, ofPod)
    ofPod.push({ atMs, type, pod: object })
  }
  return [...states].map(([uid, ofPod]) => ({
    history,
    name,
    uid,
    states: ofPod,
    events: events
      .filter((change) => change.type !== 'DELETED' && eventPodUid(change) === uid)
      .map(readPodEvent),
    nodeNotes: history.nodeNotes.filter((note) => note.podUid === uid),
  }))
}

/** The record of the Pod that bore the name at that instant, or that was the last to bear it before. */
export function podRecordAt(history: History, name: string, atMs: number): PodRecord | undefined {
  return podRecords(history, name).findLast(({ states: [first] }) => first && first.atMs <= atMs)
}
