// Watches a collection over HTTP: lists it, follows its changes, and begins again whenever the connection is lost.

import { elapse } from '../../time/elapse.ts'
import type { Clock } from '../../time/clock.ts'
import { Latch } from '../../time/latch.ts'
import { WallClock } from '../../time/wall.ts'
import type { KubeObject, Status, Streaming, WatchEvent, WatchOptions } from '../cluster.ts'
import { listPath, watchPath } from '../paths.ts'
import { StatusError, isSuccess, statusOf } from '../status-error.ts'
import { askPatiently } from './retry.ts'
import { jsonOrText, stream } from './stream.ts'
import type { Transport } from './transport.ts'

/** A server that closes every watch at once is not asked more often than this. */
const PAUSE_MS = 250

export interface WatchFacts {
  readonly transport: Transport
  readonly clock: Clock
  readonly path: string
  readonly options: WatchOptions
  readonly onEvent: (event: WatchEvent) => void
  /** Called with what a leading clock put into an event, before the event is told and after. */
  readonly stamps?: {
    heard(atMs: number): void
    seen(told: number): void
  }
}

/** Tells what exists, then every change. What changed while no watch could go on is told as a gap, then as it is now. */
export function watchCollection(facts: WatchFacts): Streaming {
  const watch = new CollectionWatch(facts)
  return watch.start()
}

class CollectionWatch {
  readonly #facts: WatchFacts
  readonly #end = new Latch()
  /** What was told last of each object, by uid. */
  #known = new Map<string, KubeObject>()
  /** By which the network is waited for, whatever time it is in the cluster. */
  readonly #wall = new WallClock()
  #resourceVersion = ''
  #release = () => {}
  #failure: Status | undefined
  #current: Streaming | undefined

  constructor(facts: WatchFacts) {
    this.#facts = facts
  }

  start(): Streaming {
    this.#hold()
    this.#end.onSettle(() => this.#release())
    const failureOf = () => this.#failure
    this.#run().catch((error: unknown) => {
      this.#failure = error instanceof StatusError ? error.status : { message: String(error) }
      this.#end.settle()
    })
    return {
      end: this.#end,
      get failure() {
        return failureOf()
      },
      stop: () => {
        this.#end.settle()
        this.#current?.stop()
      },
    }
  }

  async #run(): Promise<void> {
    await this.#list()
    while (!this.#end.isSettled) {
      const isExpired = await this.#follow()
      if (this.#end.isSettled) return
      this.#hold()
      if (isExpired) await this.#relist()
      else await elapse(this.#wall, PAUSE_MS)
    }
  }

  /** While nobody tells us what changes, a clock that can be stopped stands still. */
  #hold(): void {
    const release = this.#release
    this.#release = this.#facts.transport.hold()
    release()
  }

  /** Reads the collection, and tells how it differs from what was told before. */
  async #list(onGap: () => void = () => {}): Promise<void> {
    const { transport, path, options } = this.#facts
    const answer = await askPatiently(transport, this.#wall, { method: 'GET', path: listPath(path, options) })
    const response = { status: answer.status, body: jsonOrText(answer.text), warnings: [] }
    if (!isSuccess(response)) throw new StatusError(`listing ${path}`, statusOf(response))
    const list = response.body as ObjectList
    const kind = list.kind.replace(/List$/, '')
    const items = list.items.map((item) => ({ ...item, apiVersion: list.apiVersion, kind }))
    if (list.metadata.resourceVersion !== this.#resourceVersion) onGap()
    const present = new Set(items.map(keyOf))
    for (const [key, object] of this.#known) if (!present.has(key)) this.#tell('DELETED', object)
    for (const item of items) {
      const known = this.#known.get(keyOf(item))
      if (known?.metadata.resourceVersion === item.metadata.resourceVersion) continue
      this.#tell(known ? 'MODIFIED' : 'ADDED', item)
    }
    this.#resourceVersion = list.metadata.resourceVersion
  }

  /** A collection that stands where we knew it has not changed: nothing was missed. */
  async #relist(): Promise<void> {
    await this.#list(() =>
      this.#facts.onEvent({
        type: 'GAP',
        object: { metadata: { name: '' } },
        atMs: this.#facts.clock.now(),
      }),
    )
  }

  /** Follows the changes until the connection ends; answers whether the server has forgotten where we were (410). */
  async #follow(): Promise<boolean> {
    const { transport, path, options, stamps } = this.#facts
    let isExpired = false
    const lines = new JsonLines(
      (event) => {
        if (event.atMs !== undefined) stamps?.heard(event.atMs)
        if (event.type === 'ERROR') isExpired = true
        else if (event.type === 'BOOKMARK')
          this.#resourceVersion = event.object.metadata.resourceVersion ?? ''
        else if (isNewer(event.object.metadata.resourceVersion, this.#resourceVersion)) {
          this.#resourceVersion = event.object.metadata.resourceVersion ?? ''
          this.#tell(event.type, event.object)
        }
        if (event.told !== undefined) stamps?.seen(event.told)
      },
      () => this.#release(),
    )
    const current = stream(transport, watchPath(path, options, this.#resourceVersion), lines)
    this.#current = current
    await new Promise<void>((resolve) => current.end.onSettle(resolve))
    return isExpired || current.failure?.code === 410
  }

  #tell(type: 'ADDED' | 'DELETED' | 'MODIFIED', object: KubeObject): void {
    if (type === 'DELETED') this.#known.delete(keyOf(object))
    else this.#known.set(keyOf(object), object)
    this.#facts.onEvent({ type, object, atMs: this.#facts.clock.now() })
  }
}

interface ObjectList {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly resourceVersion: string }
  readonly items: readonly KubeObject[]
}

interface RawEvent {
  readonly type: 'ADDED' | 'BOOKMARK' | 'DELETED' | 'ERROR' | 'MODIFIED'
  readonly object: KubeObject
  /** From a simulator that leads us: when the event was written, and as the how manieth. */
  readonly atMs?: number
  readonly told?: number
}

/** What was told already may come again through a bad network. Versions are numbers (KEP-5504); what is none is taken as new. */
function isNewer(version: string | undefined, known: string): boolean {
  const areNumbers = /^\d+$/.test(version ?? '') && /^\d+$/.test(known)
  return !areNumbers || BigInt(version ?? 0) > BigInt(known)
}

function keyOf({ metadata }: KubeObject): string {
  return metadata.uid ?? metadata.name
}

/** Cuts a stream into JSON values, one a line. */
class JsonLines {
  readonly #onEvent: (event: RawEvent) => void
  readonly #onOpen: () => void
  readonly #decoder = new TextDecoder()
  #rest = ''

  constructor(onEvent: (event: RawEvent) => void, onOpen: () => void) {
    this.#onEvent = onEvent
    this.#onOpen = onOpen
  }

  opened(): void {
    this.#onOpen()
  }

  write(chunk: Uint8Array): void {
    const lines = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') this.#onEvent(JSON.parse(line) as RawEvent)
  }

  /** A line that was cut off is told again by the next watch. */
  end(): void {
    this.#rest = ''
  }
}
