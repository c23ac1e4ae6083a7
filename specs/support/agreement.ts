// How far two histories of one scenario agree: rows and their intervals, exits, Events, logs; what varies by nature is taken out.

import type { History } from '../../src/history/history.ts'
import { podOf, rowsOf } from '../../src/history/rows.ts'
import { allContainerStatuses } from '../../src/pod/containers.ts'

/** A row that stood for less than this may be missed by one of two runs of one real cluster. */
const FLICKER_MS = 700

export interface TimedRow {
  readonly text: string
  readonly atMs: number
  /** Whether it stood long enough to be seen by every run. */
  readonly isLasting: boolean
}

/** The rows of a Pod, each with its instant. */
export function timedRows(history: History, name: string): readonly TimedRow[] {
  const timeline = history.timeline('Pod', name)
  const rows = timeline ? rowsOf(timeline) : []
  return rows.map((row, index) => ({
    text: row.change.type === 'DELETED' ? 'deleted' : `${row.ready} ${row.status} ${row.restarts}`,
    atMs: row.change.atMs,
    isLasting: (rows[index + 1]?.change.atMs ?? Infinity) - row.change.atMs >= FLICKER_MS,
  }))
}

/** The rows of `rows` that match the lasting ones of `wanted`, in order; undefined for each that is missing. */
export function matching(
  wanted: readonly TimedRow[],
  rows: readonly TimedRow[],
): readonly { readonly wanted: TimedRow; readonly found: TimedRow | undefined }[] {
  let next = 0
  return wanted
    .filter(({ isLasting }) => isLasting)
    .map((row) => {
      const at = rows.findIndex(({ text }, index) => index >= next && text === row.text)
      if (at >= 0) next = at + 1
      return { wanted: row, found: rows[at] }
    })
}

/** How each container of a Pod ended, as its last state shows it. */
export function exits(history: History, name: string): readonly string[] {
  const last = history.timeline('Pod', name)?.last
  const pod = last && podOf(last)
  return (pod ? allContainerStatuses(pod) : []).map(({ state }) => {
    const { exitCode, reason } = state?.terminated ?? {}
    return `${exitCode} ${reason}`
  })
}

/** What the Events about a Pod say, in their order, without names that differ from run to run. */
export function eventTexts(history: History, name: string): readonly string[] {
  return history.events({ kind: 'Pod', name }).map(({ object }) => {
    const { type, reason, message } = object as Record<string, unknown>
    return stable(`${String(type)} ${String(reason)} ${String(message)}`, history)
  })
}

/** The distinct lines of a container's log, sorted: two streams of one container have no order. */
export function logTexts(history: History, pod: string, container: string): readonly string[] {
  return [...new Set(history.log(pod, container).map(({ text }) => stable(text, history)))].toSorted()
}

function stable(text: string, { facts }: History): string {
  return text
    .replaceAll(facts.namespace, '<namespace>')
    .replace(/\bnode-?1\b/g, '<node>')
    .replace(/\b\d{1,3}(\.\d{1,3}){3}\b/g, '<ip>')
}
