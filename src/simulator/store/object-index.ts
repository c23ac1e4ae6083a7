// Objects by a key of theirs, kept up with every write, so that nobody has to look through all of them.

import type { KubeObject } from './object.ts'
import { keyOf, refOf } from './object.ts'
import type { Change } from './store.ts'

export class ObjectIndex {
  readonly #keysOf: (object: KubeObject) => readonly string[]
  readonly #groups = new Map<string, Map<string, KubeObject>>()

  constructor(keysOf: (object: KubeObject) => readonly string[]) {
    this.#keysOf = keysOf
  }

  of(key: string): readonly KubeObject[] {
    const group = this.#groups.get(key)
    return group ? [...group.values()] : []
  }

  record({ type, object, previous }: Change): void {
    if (previous) this.#remove(previous)
    if (type !== 'DELETED') this.add(object)
  }

  add(object: KubeObject): void {
    const name = keyOf(refOf(object))
    for (const key of this.#keysOf(object)) {
      const group = this.#groups.get(key)
      if (group) group.set(name, object)
      else this.#groups.set(key, new Map([[name, object]]))
    }
  }

  #remove(object: KubeObject): void {
    const name = keyOf(refOf(object))
    for (const key of this.#keysOf(object)) {
      const group = this.#groups.get(key)
      group?.delete(name)
      if (group?.size === 0) this.#groups.delete(key)
    }
  }
}
