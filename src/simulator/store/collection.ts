// The objects of one resource: by key, by index, with the latest changes and the listeners.

import { ObjectIndex } from './object-index.ts'
import type { KubeObject } from './object.ts'
import { SortedKeys } from './sorted-keys.ts'
import type { Change, Listener } from './store.ts'
import { WatchWindow } from './watch-window.ts'

export class Collection {
  readonly #objects = new Map<string, KubeObject>()
  readonly #keys = new SortedKeys()
  /** By namespace, until the next write: Services and quotas are listed with every change of a Pod, and seldom change. */
  readonly #lists = new Map<string, readonly KubeObject[]>()
  readonly #indexes = new Map<string, ObjectIndex>()
  readonly #window: WatchWindow
  // Copied when it changes, so that a listener may come or go while others are being told.
  #listeners: readonly Listener[] = []

  constructor(windowSize: number, startsAt: number) {
    this.#window = new WatchWindow(windowSize, startsAt)
  }

  get(key: string): KubeObject | undefined {
    return this.#objects.get(key)
  }

  list(namespace = ''): readonly KubeObject[] {
    const known = this.#lists.get(namespace)
    if (known) return known
    const keys = this.#keys.withPrefix(namespace ? `${namespace}/` : '')
    const list = keys.map((key) => this.#objects.get(key) as KubeObject)
    this.#lists.set(namespace, list)
    return list
  }

  record(change: Change): void {
    this.#keep(change)
    for (const index of this.#indexes.values()) index.record(change)
    this.#window.add(change)
    for (const listener of this.#listeners) listener(change)
    for (const index of this.#indexes.values()) index.tell(change)
  }

  subscribe(listener: Listener): () => void {
    this.#listeners = [...this.#listeners, listener]
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener)
    }
  }

  changesAfter(resourceVersion: number): readonly Change[] | undefined {
    return this.#window.after(resourceVersion)
  }

  get oldestStart(): number {
    return this.#window.oldestStart
  }

  index(name: string, keysOf: (object: KubeObject) => readonly string[]): void {
    if (this.#indexes.has(name)) return
    const index = new ObjectIndex(keysOf)
    for (const [key, object] of this.#objects) index.add(key, object)
    this.#indexes.set(name, index)
  }

  by(name: string, key: string): readonly KubeObject[] {
    return this.#index(name).of(key)
  }

  subscribeBy(name: string, key: string, listener: Listener): () => void {
    return this.#index(name).subscribe(key, listener)
  }

  #index(name: string): ObjectIndex {
    const index = this.#indexes.get(name)
    if (!index) throw new Error(`no index "${name}": declare it with Store.index first`)
    return index
  }

  #keep({ type, key, object }: Change): void {
    this.#lists.clear()
    if (type === 'ADDED') this.#keys.add(key)
    if (type === 'DELETED') {
      this.#objects.delete(key)
      this.#keys.remove(key)
    } else {
      this.#objects.set(key, object)
    }
  }
}
