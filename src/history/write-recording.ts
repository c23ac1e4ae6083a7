// Writes a history as a `podproof.recording/v1` document, which `readRecording` reads back.

import { POD_COLUMNS, podRow } from '../pod/row.ts'
import type { ObjectChange } from './entry.ts'
import type { History } from './history.ts'
import type { RecordedChange, RecordedLog, Recording } from './recording.ts'
import { podOf } from './rows.ts'

/** The document; `recordingText` of it is the file. Instants become milliseconds after the beginning of the history. */
export function writeRecording(history: History): Recording {
  const { facts, entries } = history
  const startMs = facts.startedAtMs
  const changes = entries.filter((entry) => entry.entry === 'change')
  const ofKind = (wanted: (kind: string | undefined) => boolean): RecordedChange[] =>
    changes.filter(({ object }) => wanted(object.kind)).map((change) => recordedChange(change, startMs))
  const objects = ofKind((kind) => kind !== 'Pod' && kind !== 'Event')
  return {
    format: 'podproof.recording/v1',
    name: facts.name,
    description: facts.description,
    cluster: facts.cluster,
    startedAt: new Date(startMs).toISOString(),
    namespace: facts.namespace,
    scenario: facts.scenario ?? null,
    steps: history.commands.map(({ atMs, endMs, command, exitCode, stdout, stderr }) => ({
      at: atMs - startMs,
      end: endMs - startMs,
      command,
      exitCode,
      stdout,
      stderr,
    })),
    pods: ofKind((kind) => kind === 'Pod'),
    events: ofKind((kind) => kind === 'Event'),
    ...(objects.length > 0 && { objects }),
    logs: history.loggedContainers().flatMap(({ pod, container }) => recordedLogs(history, pod, container)),
    endedAt: history.endMs - startMs,
  }
}

/** The file of a document, piece by piece: what a long run has written is never one string. Indented by one, as JSON.stringify does it. */
export function* recordingText(recording: Recording): Generator<string> {
  let before = '{'
  for (const [field, value] of Object.entries(recording) as [string, unknown][]) {
    if (value === undefined) continue
    yield `${before}\n ${JSON.stringify(field)}: `
    yield* Array.isArray(value) && value.length > 0 ? listText(value) : [indented(value, 1)]
    before = ','
  }
  yield '\n}\n'
}

function* listText(items: readonly unknown[]): Generator<string> {
  for (const [index, item] of items.entries()) yield `${index === 0 ? '[' : ','}\n  ${indented(item, 2)}`
  yield '\n ]'
}

/** A line break within JSON is always one between its parts: texts have theirs escaped. */
function indented(value: unknown, depth: number): string {
  return JSON.stringify(value, null, 1).replaceAll('\n', `\n${' '.repeat(depth)}`)
}

function recordedChange(change: ObjectChange, startMs: number): RecordedChange {
  const { atMs, type, object } = change
  const pod = podOf(change)
  return { at: atMs - startMs, type, ...(pod && { row: recordedRow(podRow(pod, atMs)) }), object }
}

/** The cells under their column's name in camel case, the name as `pod`. */
function recordedRow(cells: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(POD_COLUMNS.map((column, index) => [columnKey(column), cells[index] ?? '']))
}

function columnKey(column: (typeof POD_COLUMNS)[number]): string {
  if (column === 'Name') return 'pod'
  return column.toLowerCase().replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase())
}

/** One entry for each start of the container that wrote something. */
function recordedLogs(history: History, pod: string, container: string): RecordedLog[] {
  const lines = history.log(pod, container)
  const instances = [...new Set(lines.map((line) => line.instance))]
  const { startedAtMs } = history.facts
  return instances.map((instance) => ({
    pod,
    container,
    instance,
    lines: lines
      .filter((line) => line.instance === instance)
      .map(({ atMs, stream, text }) => ({ at: atMs - startedAtMs, ...(stream && { stream }), text })),
  }))
}
