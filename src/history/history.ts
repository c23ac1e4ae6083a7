// Everything that a cluster showed in one namespace, in order: the one record that claims and reports read.

import { isAbout } from './about.ts'
import type { EventSubject } from './about.ts'
import type { CommandRun, Entry, LogLine, NewEntry, NodeNote, ObjectChange } from './entry.ts'
import { Timeline } from './timeline.ts'

/** What is true of a history as a whole. */
export interface HistoryFacts {
  readonly name: string
  readonly description: string
  readonly cluster: ClusterFacts
  readonly namespace: string
  /** Cluster time of offset 0. */
  readonly startedAtMs: number
  /** What was run, in the words of a recording's `scenario`; undefined for a spec, whose code is the scenario. */
  readonly scenario?: unknown
}

export interface ClusterFacts {
  /** `kubernetes`, `simulator`, `k3s`... */
  readonly kind: string
  readonly version: string
  readonly runtime?: string
  readonly nodes?: number
}

/**
 * The history of one namespace. It only grows: an entry is never changed, moved or dropped. Listeners are called inside
 * `record`, so that whoever waits on a virtual clock is woken at the very instant of the entry.
 */
export class History {
  readonly facts: HistoryFacts
  #entries: Entry[] = []
  #timelines = new Map<string, Timeline>()
  #logs = new Map<string, LogLine[]>()
  #commands: CommandRun[] = []
  #nodeNotes: NodeNote[] = []
  #listeners = new Set<(entry: Entry) => void>()
  #endMs: number

  constructor(facts: HistoryFacts) {
    this.facts = facts
    this.#endMs = facts.startedAtMs
  }

  /** All entries, in the order of their arrival. */
  get entries(): readonly Entry[] {
    return this.#entries
  }

  /** What was done to the cluster, in order. */
  get commands(): readonly CommandRun[] {
    return this.#commands
  }

  /** What nodes did with containers, as it became known; empty where podproof does not see into its nodes. */
  get nodeNotes(): readonly NodeNote[] {
    return this.#nodeNotes
  }

  /** The last instant that is known to belong to this history. */
  get endMs(): number {
    return this.#endMs
  }

  /** The timelines of a kind (`Pod`, `Service`, ...), in order of first appearance. */
  timelines(kind: string): readonly Timeline[] {
    return [...this.#timelines.values()].filter((timeline) => timeline.kind === kind)
  }

  /** The timeline of one object; undefined when it was never seen. An object created anew under its name goes on in it. */
  timeline(kind: string, name: string): Timeline | undefined {
    return this.#timelines.get(`${kind}/${name}`)
  }

  /** The changes of Event objects about an object, in order; all of the namespace's without a name. */
  events(about?: EventSubject): readonly ObjectChange[] {
    const events = this.timelines('Event').flatMap((timeline) => timeline.changes)
    return events.filter((event) => !about || isAbout(event, about)).toSorted((a, b) => a.order - b.order)
  }

  /** What a container wrote, in order; of one of its starts when `instance` is given. */
  log(pod: string, container: string, instance?: number): readonly LogLine[] {
    const lines = this.#logs.get(`${pod}/${container}`) ?? []
    return instance === undefined ? lines : lines.filter((line) => line.instance === instance)
  }

  /** The containers of which lines are known, as they first wrote. */
  loggedContainers(): readonly { readonly pod: string; readonly container: string }[] {
    return [...this.#logs.values()].flatMap(([line]) =>
      line ? [{ pod: line.pod, container: line.container }] : [],
    )
  }

  /** Adds an entry at the end and tells the listeners. */
  record(entry: NewEntry): Entry {
    const placed: Entry = Object.freeze({ ...entry, order: this.#entries.length })
    this.#entries.push(placed)
    this.#endMs = Math.max(this.#endMs, placed.atMs)
    this.#index(placed)
    for (const listener of this.#listeners) listener(placed)
    return placed
  }

  /** Says that nothing more happened up to `atMs`. */
  endAt(atMs: number): void {
    this.#endMs = Math.max(this.#endMs, atMs)
  }

  /** Calls `listener` for every entry from now on. Answers how to stop. */
  onEntry(listener: (entry: Entry) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #index(entry: Entry): void {
    if (entry.entry === 'change') this.#timelineOf(entry).add(entry)
    if (entry.entry === 'command') this.#commands.push(entry)
    if (entry.entry === 'node') this.#nodeNotes.push(entry)
    if (entry.entry === 'log') {
      const key = `${entry.pod}/${entry.container}`
      const lines = this.#logs.get(key)
      if (lines) lines.push(entry)
      else this.#logs.set(key, [entry])
    }
  }

  #timelineOf(change: ObjectChange): Timeline {
    const kind = change.object.kind ?? 'Object'
    const key = `${kind}/${change.object.metadata.name}`
    const timeline = this.#timelines.get(key) ?? new Timeline(kind, change.object.metadata.name)
    this.#timelines.set(key, timeline)
    return timeline
  }
}
