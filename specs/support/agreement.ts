// How far two histories of one scenario agree: rows and their intervals, exits, Events, logs; what varies by nature is taken out.

import type { History } from '../../src/history/history.ts'
import { podOf, rowsOf } from '../../src/history/rows.ts'
import { allContainerStatuses } from '../../src/pod/containers.ts'

/** A row that stood for less than this may be missed by one of two runs of one real cluster. */
const FLICKER_MS = 700

export interface TimedRow {
  readonly text: string
  /** How long it stood, in milliseconds. */
  readonly stoodMs: number
}

/** The rows of a Pod that stood long enough to be seen, each with how long it did. */
export function lastingRows(history: History, name: string): readonly TimedRow[] {
  const timeline = history.timeline('Pod', name)
  const rows = timeline ? rowsOf(timeline) : []
  const timed = rows.map((row, index) => ({
    text: row.change.type === 'DELETED' ? 'deleted' : `${row.ready} ${row.status} ${row.restarts}`,
    stoodMs: (rows[index + 1]?.change.atMs ?? Infinity) - row.change.atMs,
  }))
  return timed.filter(({ stoodMs }) => stoodMs >= FLICKER_MS)
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
