// One test at work: a cluster, a namespace of its own, the history of it, and the claims that were made.

import type {
  Cluster,
  ClusterResponse,
  Method,
  NodeStep,
  RequestOptions,
  Streaming,
} from '../cluster/cluster.ts'
import { collectionPath } from '../cluster/resource.ts'
import type { Resource } from '../cluster/resource.ts'
import { StatusError } from '../cluster/status-error.ts'
import { ResourceDirectory } from '../cluster/resource-directory.ts'
import { History } from '../history/history.ts'
import type { HistoryFacts } from '../history/history.ts'
import type { ClaimRecord, ObjectReference } from './claim-record.ts'
import { BEGINNING, laterCursor } from './cursor.ts'
import type { Cursor } from './cursor.ts'
import { followLogs } from './follow-logs.ts'
import type { FollowedLogs } from './follow-logs.ts'
import type { Begun } from './sentence.ts'

export interface SessionFacts {
  /** How the test is called: titles of its suites and its own, joined by spaces. */
  readonly title: string
  readonly description?: string
  readonly cluster: HistoryFacts['cluster']
  readonly namespace: string
  /** How long a claim waits unless it says otherwise, in cluster time. */
  readonly timeoutMs: number
}

const POD: Resource = { group: '', version: 'v1', plural: 'pods', kind: 'Pod', isNamespaced: true }
const EVENT: Resource = { group: '', version: 'v1', plural: 'events', kind: 'Event', isNamespaced: true }

/** What a test has to do with one cluster. Made by `openSession`, which also prepares the namespace. */
export class Session {
  readonly cluster: Cluster
  readonly namespace: string
  readonly timeoutMs: number
  readonly history: History
  readonly resources: ResourceDirectory
  readonly logs: FollowedLogs
  #claims: ClaimRecord[] = []
  #begun = new Set<Begun>()
  #cursors = new Map<string, Cursor>()
  #deletions = new Map<string, number>()
  #watches = new Map<string, Streaming>()
  #stopNodes: (() => void) | undefined

  constructor(cluster: Cluster, facts: SessionFacts) {
    this.cluster = cluster
    this.namespace = facts.namespace
    this.timeoutMs = facts.timeoutMs
    this.resources = new ResourceDirectory(cluster)
    this.history = new History({
      name: facts.title,
      description: facts.description ?? '',
      cluster: facts.cluster,
      namespace: facts.namespace,
      startedAtMs: cluster.clock.now(),
    })
    this.logs = followLogs(cluster, this.history)
    this.watch(POD)
    this.watch(EVENT)
    this.#stopNodes = cluster.node?.watch?.((step) => this.#noteStep(step))
  }

  /** The claims that were judged, in the order in which their judgement came. */
  get claims(): readonly ClaimRecord[] {
    return this.#claims
  }

  /** The sentences that were begun, finished or not. */
  get begun(): ReadonlySet<Begun> {
    return this.#begun
  }

  /** Takes note of a judged claim. */
  recordClaim(record: ClaimRecord): void {
    this.#claims.push(Object.freeze(record))
  }

  /** Takes note of a sentence that was begun: at the end of the test it must have been awaited. */
  begin(sentence: Begun): void {
    this.#begun.add(sentence)
  }

  /** Where claims about an object begin to look. */
  cursor({ kind, name }: ObjectReference): Cursor {
    return this.#cursors.get(`${kind}/${name}`) ?? BEGINNING
  }

  /** Moves the cursor of an object forward; it never moves back. */
  moveCursor({ kind, name }: ObjectReference, cursor: Cursor): void {
    this.#cursors.set(`${kind}/${name}`, laterCursor(this.cursor({ kind, name }), cursor))
  }

  /** When the test last asked for the deletion of an object; undefined if it did not. */
  deletionAskedAtMs({ kind, name }: ObjectReference): number | undefined {
    return this.#deletions.get(`${kind}/${name}`)
  }

  /** Takes note that the deletion of an object was asked for. */
  noteDeletion({ kind, name }: ObjectReference, atMs: number): void {
    this.#deletions.set(`${kind}/${name}`, atMs)
  }

  /** Records the changes of a kind from now on, if they are not recorded already. */
  watch(resource: Resource): void {
    const path = collectionPath(resource, this.namespace)
    if (this.#watches.has(path)) return
    const watch = this.cluster.watch(path, {}, ({ type, object, atMs }) => {
      const { kind, plural } = resource
      if (type === 'GAP')
        this.history.record({ entry: 'gap', atMs, message: `the watch of ${plural} had a gap` })
      // Items of a list carry neither kind nor apiVersion on a real server.
      else
        this.history.record({
          entry: 'change',
          atMs,
          type,
          object: object.kind ? object : { ...object, kind },
        })
    })
    if (watch.failure) throw new StatusError(`watching ${resource.plural}`, watch.failure)
    this.#watches.set(path, watch)
  }

  /** Asks the API server while time stands still: an answer costs no time on a virtual clock. */
  request(method: Method, path: string, body?: unknown, options?: RequestOptions): Promise<ClusterResponse> {
    return this.heldWhile(() => this.cluster.request(method, path, body, options))
  }

  /** Holds the clock until a promise that does not depend on it is settled. */
  async heldWhile<T>(ask: () => Promise<T>): Promise<T> {
    const release = this.cluster.clock.hold()
    try {
      return await ask()
    } finally {
      release()
    }
  }

  /** Ends what was begun on the cluster; the history stays readable. */
  stop(): void {
    for (const watch of this.#watches.values()) watch.stop()
    this.#stopNodes?.()
    this.logs.stop()
    this.history.endAt(this.cluster.clock.now())
  }

  #noteStep({ namespace, ...step }: NodeStep): void {
    if (namespace !== this.namespace) return
    this.history.record({ entry: 'node', atMs: this.cluster.clock.now(), ...step })
  }
}
