// The one format on disk: a history as a `podproof.recording/v1` document, read and written.

import type { KubeObject } from '../cluster/cluster.ts'
import type { NewEntry } from './entry.ts'
import { History } from './history.ts'
import type { ClusterFacts } from './history.ts'

/** The document. Every `at` and `end` is in milliseconds after `startedAt`. */
export interface Recording {
  readonly format: 'podproof.recording/v1'
  readonly name: string
  readonly description: string
  readonly cluster: ClusterFacts
  readonly startedAt: string
  readonly namespace: string
  readonly scenario?: unknown
  readonly steps: readonly RecordedStep[]
  readonly pods: readonly RecordedChange[]
  readonly events: readonly RecordedChange[]
  /** Changes of other kinds, where they were watched. */
  readonly objects?: readonly RecordedChange[]
  readonly logs: readonly RecordedLog[]
  readonly endedAt: number
}

export interface RecordedStep {
  readonly at: number
  readonly end: number
  readonly command: string
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface RecordedChange {
  readonly at: number
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  /** Of a Pod: what `kubectl get pods -o wide` prints of it. */
  readonly row?: Readonly<Record<string, string>>
  readonly object: KubeObject
}

export interface RecordedLog {
  readonly pod: string
  readonly container: string
  readonly instance: number
  readonly lines: readonly {
    readonly at: number
    readonly stream?: 'stdout' | 'stderr'
    readonly text: string
  }[]
}

/**
 * Reads a recording (the parsed JSON) as a history. Entries of one instant are ordered: changes of pods, changes of
 * other objects, events, lines, commands; within each as the document has them. Throws a TypeError that says what is wrong
 * with a document of another format.
 */
export function readRecording(document: unknown): History {
  const recording = checked(document)
  const startedAtMs = Date.parse(recording.startedAt)
  const history = new History({
    name: recording.name,
    description: recording.description,
    cluster: recording.cluster,
    namespace: recording.namespace,
    startedAtMs,
    scenario: recording.scenario,
  })
  const entries = [
    ...changes(recording.pods, startedAtMs, 'Pod'),
    ...changes(recording.objects ?? [], startedAtMs, 'Object'),
    ...changes(recording.events, startedAtMs, 'Event'),
    ...recording.logs.flatMap((log) => lines(log, startedAtMs)),
    ...recording.steps.map((step) => command(step, startedAtMs)),
  ]
  // Sorting is stable: what the document has at one instant keeps the order of the list above.
  for (const entry of entries.toSorted((a, b) => a.atMs - b.atMs)) history.record(entry)
  history.endAt(startedAtMs + recording.endedAt)
  return history
}

const REQUIRED = ['name', 'cluster', 'startedAt', 'namespace', 'steps', 'pods', 'events', 'logs', 'endedAt']

function checked(document: unknown): Recording {
  if (typeof document !== 'object' || document === null) throw new TypeError('a recording is a JSON object')
  const format: unknown = Reflect.get(document, 'format')
  if (format !== 'podproof.recording/v1') {
    throw new TypeError(
      `expected a podproof.recording/v1 document, got ${JSON.stringify(format)} as its "format"`,
    )
  }
  const missing = REQUIRED.filter((field) => !(field in document))
  if (missing.length > 0) throw new TypeError(`the recording lacks ${missing.join(', ')}`)
  return document as Recording
}

function changes(recorded: readonly RecordedChange[], startedAtMs: number, kind: string): NewEntry[] {
  return recorded.map(({ at, type, object }) => ({
    entry: 'change',
    atMs: startedAtMs + at,
    type,
    // Items of lists carry no kind: the field of the document that holds them says it.
    object: object.kind ? object : { ...object, kind },
  }))
}

function lines(log: RecordedLog, startedAtMs: number): NewEntry[] {
  return log.lines.map(({ at, stream, text }) => ({
    entry: 'log',
    atMs: startedAtMs + at,
    pod: log.pod,
    container: log.container,
    instance: log.instance,
    ...(stream && { stream }),
    text,
  }))
}

function command(step: RecordedStep, startedAtMs: number): NewEntry {
  const { at, end, ...rest } = step
  return { entry: 'command', atMs: startedAtMs + at, endMs: startedAtMs + end, ...rest }
}
