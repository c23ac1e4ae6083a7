// GET of a collection with watch=true: its changes, while they happen.

import type { Timer, Timers } from '../../../time/clock.ts'
import type { Random } from '../../../time/random.ts'
import { ApiError, expired, plainFailure, tooLargeResourceVersion } from '../../store/api-error.ts'
import { resourceOf } from '../../store/kind.ts'
import type { KubeObject } from '../../store/object.ts'
import type { Change } from '../../store/store.ts'
import { apiVersionOf } from '../../store/kind.ts'
import type { Call } from '../call.ts'
import type { ListOptions } from '../list-options.ts'
import { versionNumber } from '../list-options.ts'
import type { WatchResponse, WatchSink } from '../response.ts'
import { warningHeaders } from '../response.ts'
import { selectionOf } from '../selection.ts'
import { Presenter } from '../watch/presenter.ts'
import { Transitions } from '../watch/transitions.ts'

const BOOKMARK_PERIOD_MS = 60_000
/** A last bookmark comes this long before the server ends a watch (storage/cacher/cacher.go). */
const LAST_BOOKMARK_MS = 2000
const LAG_MS = 3000
const MIN_TIMEOUT_SECONDS = 1800

/**
 * Where it begins: at resourceVersion; with everything there is (as ADDED) if that is unset or 0, or if sendInitialEvents
 * asks for it. A start that the log of changes has forgotten is told by one ERROR event, and the watch ends
 * (apiserver/pkg/storage/cacher, endpoints/handlers/watch.go).
 */
export function watch(call: Call, options: ListOptions, random: Random): WatchResponse {
  const { kind, name } = call.route
  const selection = selectionOf(kind, call.query, name)
  const start = startOf(options)
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-cache, private' }
  return {
    is: 'watch',
    status: 200,
    headers: call.warnings.length ? { ...headers, warning: warningHeaders(call.warnings) } : headers,
    open(sink) {
      const transitions = new Transitions(kind, call.route.namespace, selection)
      const open = new OpenWatch(call, sink, new Presenter(call), transitions)
      open.begin(start, options, random)
      return () => open.close()
    },
  }
}

interface Start {
  readonly resourceVersion: number
  /** Whether everything there is comes first; it then has to be at least as new as resourceVersion. */
  readonly hasInitialEvents: boolean
}

function startOf({ resourceVersion, sendInitialEvents = false }: ListOptions): Start {
  const version = resourceVersion ? versionNumber(resourceVersion, plainFailure) : 0
  return { resourceVersion: version, hasInitialEvents: sendInitialEvents }
}

/** A watch that somebody reads. */
class OpenWatch {
  readonly #call: Call
  readonly #timers: Timers
  readonly #sink: WatchSink
  readonly #presenter: Presenter
  readonly #transitions: Transitions
  #pending: Timer[] = []
  #unsubscribe: () => void = () => {}
  #isOpen = true

  constructor(call: Call, sink: WatchSink, presenter: Presenter, transitions: Transitions) {
    this.#call = call
    this.#timers = call.timers
    this.#sink = sink
    this.#presenter = presenter
    this.#transitions = transitions
  }

  begin(start: Start, options: ListOptions, random: Random): void {
    if ((options.timeoutSeconds ?? 0) < 0)
      return this.#fail(new ApiError(500, 'InternalError', 'context deadline exceeded'))
    const current = this.#store.resourceVersion
    if (start.hasInitialEvents && start.resourceVersion > current) {
      this.#after(LAG_MS, () =>
        this.#fail(tooLargeResourceVersion(start.resourceVersion, this.#store.resourceVersion)),
      )
      return
    }
    if (!this.#tellPast(start)) return
    if (options.sendInitialEvents && options.allowWatchBookmarks)
      this.#bookmark({ 'k8s.io/initial-events-end': 'true' })
    this.#follow(start)
    this.#limit(options, random)
  }

  close(): void {
    this.#isOpen = false
    this.#unsubscribe()
    for (const timer of this.#pending) timer.cancel()
    this.#pending = []
  }

  get #store() {
    return this.#call.registry.store
  }

  get #resource(): string {
    const { kind } = this.#call.route
    return resourceOf(kind.view?.of ?? kind)
  }

  /** What happened before now; false if the watch is over already. */
  #tellPast({ resourceVersion, hasInitialEvents }: Start): boolean {
    if (hasInitialEvents) {
      for (const object of this.#transitions.selected(this.#call.registry)) this.#tell('ADDED', object)
      return true
    }
    if (resourceVersion === 0) return true
    const changes = this.#store.changesAfter(this.#resource, resourceVersion)
    if (changes) for (const change of changes) this.#tellChange(change)
    else
      this.#fail(
        expired(`too old resource version: ${resourceVersion} (${this.#store.oldestStart(this.#resource)})`),
      )
    return changes !== undefined
  }

  #follow({ resourceVersion }: Start): void {
    this.#unsubscribe = this.#store.subscribe(this.#resource, (change) => {
      if (change.resourceVersion > resourceVersion) this.#tellChange(change)
    })
  }

  /** Bookmarks, if they are wanted, and the end: as asked, or after half an hour to an hour. */
  #limit({ timeoutSeconds, allowWatchBookmarks }: ListOptions, random: Random): void {
    const seconds = timeoutSeconds || MIN_TIMEOUT_SECONDS * (1 + random.next())
    const timeoutMs = Math.floor(seconds * 1000)
    if (allowWatchBookmarks) {
      this.#bookmarkEvery(BOOKMARK_PERIOD_MS, timeoutMs)
      if (timeoutMs > LAST_BOOKMARK_MS) this.#after(timeoutMs - LAST_BOOKMARK_MS, () => this.#bookmark())
    }
    this.#after(timeoutMs, () => this.#end())
  }

  #bookmarkEvery(periodMs: number, leftMs: number): void {
    if (leftMs <= periodMs) return
    this.#after(periodMs, () => {
      this.#bookmark()
      this.#bookmarkEvery(periodMs, leftMs - periodMs)
    })
  }

  #tellChange(change: Change): void {
    const transition = this.#transitions.of(change)
    if (transition) this.#tell(transition.type, transition.object)
  }

  #tell(type: 'ADDED' | 'BOOKMARK' | 'DELETED' | 'MODIFIED', object: KubeObject): void {
    if (this.#isOpen) this.#sink.event(this.#presenter.event(type, object))
  }

  #bookmark(annotations?: Readonly<Record<string, string>>): void {
    const { kind } = this.#call.route
    const resourceVersion = String(this.#store.resourceVersion)
    const metadata = annotations ? { resourceVersion, annotations } : { resourceVersion }
    this.#tell('BOOKMARK', { kind: kind.kind, apiVersion: apiVersionOf(kind), metadata })
  }

  #fail({ status }: ApiError): void {
    if (this.#isOpen) this.#sink.event(this.#presenter.error(status))
    this.#end()
  }

  #end(): void {
    if (!this.#isOpen) return
    this.close()
    this.#sink.end()
  }

  #after(delayMs: number, run: () => void): void {
    this.#pending.push(this.#timers.at(this.#timers.now() + delayMs, run))
  }
}
