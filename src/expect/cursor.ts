// Where a claim about an object begins to look: after what earlier claims and actions have used up.

import type { ObjectChange } from '../history/entry.ts'
import type { Timeline } from '../history/timeline.ts'

/** A place in the timeline of one object. */
export interface Cursor {
  /** Entries of the history before this one satisfy nothing. */
  readonly order: number
  /** States older than this resourceVersion satisfy nothing: an action of the spec made a newer one. */
  readonly resourceVersion?: bigint
  /** Periods (`toStay`) are counted from this instant, or from the change at the cursor if that is later. */
  readonly atMs: number
}

/** The place before everything. */
export const BEGINNING: Cursor = { order: 0, atMs: 0 }

/** The later of two places: claims that were awaited together may finish in any order. */
export function laterCursor(a: Cursor, b: Cursor): Cursor {
  const order = Math.max(a.order, b.order)
  const atMs = Math.max(a.atMs, b.atMs)
  const version = laterVersion(a.resourceVersion, b.resourceVersion)
  return version === undefined ? { order, atMs } : { order, atMs, resourceVersion: version }
}

/**
 * The changes of a timeline that a claim at `cursor` may use. The state which the cursor stands on is among them: what
 * was shown there is still shown.
 */
export function changesFrom(timeline: Timeline | undefined, cursor: Cursor): readonly ObjectChange[] {
  const changes = timeline?.changes ?? []
  const first = changes.findLastIndex((change) => change.order <= cursor.order)
  return changes.slice(Math.max(first, 0)).filter((change) => isFresh(change, cursor))
}

/** Whether a change is no older than what the cursor asks for. */
export function isFresh(change: ObjectChange, cursor: Cursor): boolean {
  const version = versionOf(change.object.metadata.resourceVersion)
  return cursor.resourceVersion === undefined || version === undefined || version >= cursor.resourceVersion
}

/** resourceVersions of one kind are decimal numbers that grow (KEP-5504, true of every etcd-backed server before it). */
export function versionOf(text: string | undefined): bigint | undefined {
  return text !== undefined && /^\d+$/.test(text) ? BigInt(text) : undefined
}

function laterVersion(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return a > b ? a : b
}
