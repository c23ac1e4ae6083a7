// What a claim says that a Pod shows: a STATUS word, and READY and RESTARTS where they matter.

import { matches } from '../matches.ts'
import { rowOf } from '../../history/rows.ts'
import type { ObjectChange } from '../../history/entry.ts'
import { meantStatus } from './status-words.ts'

/** A row as a claim describes it. A word alone speaks of the STATUS column. */
export type Shown = string | RegExp | ShownRow

export interface ShownRow {
  readonly status: string | RegExp
  /** `1/1` */
  readonly ready?: string
  readonly restarts?: number
}

/** Whether the Pod shows this in a change. A deleted Pod shows nothing. */
export function shows(change: ObjectChange, shown: Shown): boolean {
  if (change.type === 'DELETED') return false
  const { status, ready, restarts } = rowOfShown(shown)
  const row = rowOf(change)
  return (
    matches(row.status, status) &&
    (ready === undefined || row.ready === ready) &&
    (restarts === undefined || row.restarts === restarts)
  )
}

/** A claimed row in words: `Running, READY 1/1`. */
export function shownText(shown: Shown): string {
  const { status, ready, restarts } = rowOfShown(shown)
  const parts = [String(status)]
  if (ready !== undefined) parts.push(`READY ${ready}`)
  if (restarts !== undefined) parts.push(`RESTARTS ${restarts}`)
  return parts.join(', ')
}

/** What a change shows, in the same words and with the same columns as the claim. */
export function seenText(change: ObjectChange | undefined, shown: Shown): string {
  if (!change) return 'no Pod of that name'
  if (change.type === 'DELETED') return 'the Pod is deleted'
  const claimed = rowOfShown(shown)
  const row = rowOf(change)
  return shownText({
    status: row.status,
    ...(claimed.ready !== undefined && { ready: row.ready }),
    ...(claimed.restarts !== undefined && { restarts: row.restarts }),
  })
}

/** The word that was probably meant by a claimed row's; undefined where it is one that a Pod may show. */
export function meantIn(shown: Shown): string | undefined {
  const { status } = rowOfShown(shown)
  return typeof status === 'string' ? meantStatus(status) : undefined
}

function rowOfShown(shown: Shown): ShownRow {
  return typeof shown === 'string' || shown instanceof RegExp ? { status: shown } : shown
}
