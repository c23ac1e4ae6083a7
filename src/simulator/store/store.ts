// All objects of the cluster: one counter of resourceVersions, a bounded log of changes, and who wants to hear of them.

import type { KubeObject, ObjectRef } from './object.ts'
import { keyOf, refOf } from './object.ts'
import { Collection } from './collection.ts'
import { copyWith } from './copy-with.ts'

/** One write, as watches tell it. `object` of a DELETED is the last state, with the resourceVersion of the deletion. */
export interface Change<T extends KubeObject = KubeObject> {
  readonly type: 'ADDED' | 'DELETED' | 'MODIFIED'
  /** `pods`, `deployments.apps`. */
  readonly resource: string
  /** Under what the object is kept: `shop/web`. */
  readonly key: string
  readonly object: T
  /** What it was before; undefined for an ADDED. */
  readonly previous: T | undefined
  readonly resourceVersion: number
  readonly atMs: number
}

export type Listener = (change: Change) => void

export interface StoreOptions {
  readonly now: () => number
  /** How many changes of one resource a watch can go back; the API server's watch cache also forgets. */
  readonly windowSize?: number
  /** The resourceVersion at which this store begins: what was before it is too old for every watch. */
  readonly startsAt?: number
}

/** Objects are kept as they are given, and must never be changed afterwards. */
export class Store {
  readonly #now: () => number
  readonly #windowSize: number
  readonly #collections = new Map<string, Collection>()
  readonly #startsAt: number
  #resourceVersion: number

  constructor({ now, windowSize = 1000, startsAt = 0 }: StoreOptions) {
    this.#now = now
    this.#startsAt = startsAt
    this.#resourceVersion = startsAt
    this.#windowSize = windowSize
  }

  /** The number of the latest write. */
  get resourceVersion(): number {
    return this.#resourceVersion
  }

  get(resource: string, ref: ObjectRef): KubeObject | undefined {
    return this.#collection(resource).get(keyOf(ref))
  }

  /** The objects of a resource, or of one of its namespaces, in the order of their keys. */
  list(resource: string, namespace?: string): readonly KubeObject[] {
    return this.#collection(resource).list(namespace)
  }

  /** Stores a new state. Its metadata must be complete but for the resourceVersion, which is given here. */
  put(resource: string, object: KubeObject): KubeObject {
    const key = keyOf(refOf(object))
    const previous = this.#collection(resource).get(key)
    const resourceVersion = ++this.#resourceVersion
    const stored = withResourceVersion(object, resourceVersion)
    const type = previous ? 'MODIFIED' : 'ADDED'
    this.#record({ type, resource, key, object: stored, previous, resourceVersion, atMs: this.#now() })
    return stored
  }

  /**
   * Removes what is stored under `ref`; answers its last state under the resourceVersion of the deletion, as DELETED tells
   * it. A write that removes the last finalizer is never stored itself: watches see the finalizer in the DELETED.
   */
  remove(resource: string, ref: ObjectRef): KubeObject {
    const key = keyOf(ref)
    const previous = this.#collection(resource).get(key)
    if (!previous) throw new Error(`${resource} ${key} is not stored, and cannot be removed`)
    const resourceVersion = ++this.#resourceVersion
    const last = withResourceVersion(previous, resourceVersion)
    this.#record({
      type: 'DELETED',
      resource,
      key,
      object: last,
      previous,
      resourceVersion,
      atMs: this.#now(),
    })
    return last
  }

  /** Calls `listener` inside every write to `resource`, after it is stored. Answers how to stop. */
  subscribe(resource: string, listener: Listener): () => void {
    return this.#collection(resource).subscribe(listener)
  }

  /** What changed after `resourceVersion`, oldest first; undefined where the log does not reach back that far. */
  changesAfter(resource: string, resourceVersion: number): readonly Change[] | undefined {
    return this.#collection(resource).changesAfter(resourceVersion)
  }

  /** The oldest resourceVersion from which a watch of `resource` can start. */
  oldestStart(resource: string): number {
    return this.#collection(resource).oldestStart
  }

  /**
   * Keeps the objects of a resource by a key of theirs (a Pod's node, an owner's uid), from now on. `keysOf` answers
   * the keys of one object. Asking again for the same name does nothing.
   */
  index(resource: string, name: string, keysOf: (object: KubeObject) => readonly string[]): void {
    this.#collection(resource).index(name, keysOf)
  }

  /** The objects whose key is `key`, in no promised order. */
  by(resource: string, index: string, key: string): readonly KubeObject[] {
    return this.#collection(resource).by(index, key)
  }

  /**
   * Calls `listener` inside every write to an object whose key is `key` (or was, before the write), after those who hear of
   * the whole resource. Whoever cares for few objects costs nothing when the others change (storage/cacher/cacher.go:
   * triggerFunc). Answers how to stop.
   */
  subscribeBy(resource: string, index: string, key: string, listener: Listener): () => void {
    return this.#collection(resource).subscribeBy(index, key, listener)
  }

  #record(change: Change): void {
    this.#collection(change.resource).record(change)
  }

  #collection(resource: string): Collection {
    let collection = this.#collections.get(resource)
    if (!collection) {
      collection = new Collection(this.#windowSize, this.#startsAt)
      this.#collections.set(resource, collection)
    }
    return collection
  }
}

function withResourceVersion(object: KubeObject, resourceVersion: number): KubeObject {
  const metadata = copyWith(object.metadata, { resourceVersion: String(resourceVersion) })
  return copyWith(object, { metadata })
}
