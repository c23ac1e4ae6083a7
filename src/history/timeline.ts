// The life of one object: the changes of everything that bore its kind and name, in the order of the watch.

import type { ObjectChange } from './entry.ts'

/** The changes of one object. Its order is the order of the server's resourceVersions. */
export class Timeline {
  readonly kind: string
  readonly name: string
  #changes: ObjectChange[] = []

  constructor(kind: string, name: string) {
    this.kind = kind
    this.name = name
  }

  get changes(): readonly ObjectChange[] {
    return this.#changes
  }

  /** The last change; undefined before the first. */
  get last(): ObjectChange | undefined {
    return this.#changes.at(-1)
  }

  /** Whether the API server shows the object now. */
  get exists(): boolean {
    return this.last !== undefined && this.last.type !== 'DELETED'
  }

  /** Called by the history alone. */
  add(change: ObjectChange): void {
    this.#changes.push(change)
  }
}
