// What a history holds about one Pod: its states in the order of the watch, and the Events about it.

import type { NodeNote, ObjectChange } from '../history/entry.ts'
import type { History } from '../history/history.ts'
import type { Pod } from '../pod/json.ts'

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

/** One occurrence of an Event: a repeated one counts up and appears again. */
export interface PodEvent {
  /** When it was emitted, as exactly as is known; never after `arrivedMs`. */
  readonly atMs: number
  readonly arrivedMs: number
  readonly type: string
  readonly reason: string
  readonly message: string
  /** The container that it is about; undefined for the Pod as a whole. */
  readonly container: string | undefined
  readonly count: number
}

/** The records of all Pods that bore the name, in the order of their creation. */
export function podRecords(history: History, name: string): readonly PodRecord[] {
  const states = new Map<string, PodState[]>()
  for (const { atMs, type, object } of history.timeline('Pod', name)?.changes ?? []) {
    const uid = object.metadata.uid ?? ''
    const ofPod = states.get(uid) ?? []
    states.set(uid, ofPod)
    ofPod.push({ atMs, type, pod: object })
  }
  const events = history.events({ kind: 'Pod', name }).filter((change) => change.type !== 'DELETED')
  return [...states].map(([uid, ofPod]) => ({
    history,
    name,
    uid,
    states: ofPod,
    events: events.filter((change) => uidOf(change) === uid).map(readEvent),
    nodeNotes: history.nodeNotes.filter((note) => note.podUid === uid),
  }))
}

/** The record of the Pod that bore the name at that instant, or that was the last to bear it before. */
export function podRecordAt(history: History, name: string, atMs: number): PodRecord | undefined {
  return podRecords(history, name).findLast(({ states: [first] }) => first && first.atMs <= atMs)
}

interface EventObject {
  readonly metadata: { readonly name: string }
  readonly involvedObject?: { readonly uid?: string; readonly fieldPath?: string }
  readonly type?: string
  readonly reason?: string
  readonly message?: string
  readonly count?: number
}

function uidOf(change: ObjectChange): string | undefined {
  return eventOf(change).involvedObject?.uid
}

function eventOf(change: ObjectChange): EventObject {
  return change.object
}

function readEvent(change: ObjectChange): PodEvent {
  const event = eventOf(change)
  const count = event.count ?? 1
  const fieldPath = event.involvedObject?.fieldPath ?? ''
  return {
    atMs: count === 1 ? emittedMs(event.metadata.name, change.atMs) : change.atMs,
    arrivedMs: change.atMs,
    type: event.type ?? '',
    reason: event.reason ?? '',
    message: event.message ?? '',
    container: /\{(.+)\}$/.exec(fieldPath)?.[1],
    count,
  }
}

/** A recorder may be late by so much before the clock of its node is taken to be wrong. */
const MOST_LATE_MS = 5_000

/**
 * The instant in the name of an Event: `<object>.<nanoseconds since the epoch, in hexadecimal>`; the arrival where the name
 * has none, or where the two do not fit. Source: client-go tools/record/event.go:makeEvent.
 */
function emittedMs(eventName: string, arrivedMs: number): number {
  const hexadecimal = /\.([0-9a-f]{16})$/.exec(eventName)?.[1]
  if (hexadecimal === undefined) return arrivedMs
  const atMs = Number(BigInt(`0x${hexadecimal}`) / 1_000_000n)
  return atMs <= arrivedMs && atMs >= arrivedMs - MOST_LATE_MS ? atMs : arrivedMs
}
