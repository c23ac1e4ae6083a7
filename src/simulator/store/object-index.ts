// Objects by a key of theirs, kept up with every write, so that nobody has to look through all of them.

import type { KubeObject } from './object.ts'
import type { Change, Listener } from './store.ts'

export class ObjectIndex {
  readonly #keysOf: (object: KubeObject) => readonly string[]
  readonly #groups = new Map<string, Map<string, KubeObject>>()
  /** Copied when they change, as those of a Collection are. */
  readonly #listeners = new Map<string, readonly Listener[]>()

  constructor(keysOf: (object: KubeObject) => readonly string[]) {
    this.#keysOf = keysOf
  }

  of(key: string): readonly KubeObject[] {
    const group = this.#groups.get(key)
    return group ? [...group.values()] : []
  }

  record({ type, key, object, previous }: Change): void {
    if (previous) this.#remove(key, previous)
    if (type !== 'DELETED') this.add(key, object)
  }

  /** `name` is the key under which the store keeps the object. */
  add(name: string, object: KubeObject): void {
    for (const key of this.#keysOf(object)) {
      const group = this.#groups.get(key)
      if (group) group.set(name, object)
      else this.#groups.set(key, new Map([[name, object]]))
    }
  }

  subscribe(key: string, listener: Listener): () => void {
    this.#listeners.set(key, [...(this.#listeners.get(key) ?? []), listener])
    return () => {
      const others = (this.#listeners.get(key) ?? []).filter((other) => other !== listener)
      if (others.length > 0) this.#listeners.set(key, others)
      else this.#listeners.delete(key)
    }
  }

  /** Tells a change to those who asked for a key that the object has now, or had before. */
  tell(change: Change): void {
    if (this.#listeners.size === 0) return
    const keys = this.#keysOf(change.object)
    const left = change.previous ? this.#keysOf(change.previous).filter((key) => !keys.includes(key)) : []
    for (const key of [...keys, ...left])
      for (const listener of this.#listeners.get(key) ?? []) listener(change)
  }

  #remove(name: string, object: KubeObject): void {
    for (const key of this.#keysOf(object)) {
      const group = this.#groups.get(key)
      group?.delete(name)
      if (group?.size === 0) this.#groups.delete(key)
    }
  }
}
