// The latest changes of a resource: how far back a watch can begin.

import type { Change } from './store.ts'

/** A ring: when it is full, each change pushes out the oldest one, and starts before that are too old. */
export class WatchWindow {
  readonly #size: number
  #ring: Change[] = []
  #head = 0
  #oldestStart: number

  constructor(size: number, startsAt: number) {
    this.#size = size
    this.#oldestStart = startsAt
  }

  /** The oldest resourceVersion after which nothing is missing. */
  get oldestStart(): number {
    return this.#oldestStart
  }

  add(change: Change): void {
    const forgotten = this.#ring[this.#head]
    if (this.#ring.length < this.#size || !forgotten) {
      this.#ring.push(change)
      return
    }
    this.#oldestStart = forgotten.resourceVersion
    this.#ring[this.#head] = change
    this.#head = (this.#head + 1) % this.#size
  }

  /** The changes after `resourceVersion`, oldest first; undefined when some of them were forgotten. */
  after(resourceVersion: number): readonly Change[] | undefined {
    if (resourceVersion < this.#oldestStart) return undefined
    const count = this.#ring.length
    const at = (index: number) => this.#ring[(this.#head + index) % count] as Change
    let from = count
    while (from > 0 && at(from - 1).resourceVersion > resourceVersion) from--
    return Array.from({ length: count - from }, (_, offset) => at(from + offset))
  }
}
