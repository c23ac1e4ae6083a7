// Events about a Pod, with the instant at which they were emitted.

import type { ObjectChange } from '../history/entry.ts'

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

interface EventObject {
  readonly metadata: { readonly name: string }
  readonly involvedObject?: { readonly uid?: string; readonly fieldPath?: string }
  readonly type?: string
  readonly reason?: string
  readonly message?: string
  readonly count?: number
}

/** The uid of the Pod that an Event is about. */
export function eventPodUid(change: ObjectChange): string | undefined {
  return eventOf(change).involvedObject?.uid
}

function eventOf(change: ObjectChange): EventObject {
  return change.object
}

/** Reads one change of an Event object. */
export function readPodEvent(change: ObjectChange): PodEvent {
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
