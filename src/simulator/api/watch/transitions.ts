// What a change means to a watch that selects: objects enter and leave its selection.

import type { Kind } from '../../store/kind.ts'
import type { KubeObject } from '../../store/object.ts'
import type { Registry } from '../../store/registry.ts'
import type { Change } from '../../store/store.ts'
import type { Selection } from '../selection.ts'
import { copyWith } from '../../store/copy-with.ts'

export interface Transition {
  readonly type: 'ADDED' | 'DELETED' | 'MODIFIED'
  readonly object: KubeObject
}

/** An object that stops being selected is DELETED in its old state, under the new resourceVersion (storage/cacher/cache_watcher.go). */
export class Transitions {
  readonly #kind: Kind
  readonly #namespace: string | undefined
  readonly #selection: Selection

  constructor(kind: Kind, namespace: string | undefined, selection: Selection) {
    this.#kind = kind
    this.#namespace = namespace
    this.#selection = selection
  }

  /** What there is now. */
  selected(registry: Registry): readonly KubeObject[] {
    return registry.list(this.#kind, this.#namespace).filter((object) => this.#selection.includes(object))
  }

  of({ type, object, previous, resourceVersion }: Change): Transition | undefined {
    if (this.#namespace && object.metadata.namespace !== this.#namespace) return undefined
    const now = this.#read(object)
    const before = previous && this.#read(previous)
    const isIn = type !== 'DELETED' && this.#selection.includes(now)
    const wasIn = before !== undefined && this.#selection.includes(before)
    if (isIn) return { type: wasIn ? 'MODIFIED' : 'ADDED', object: now }
    if (!wasIn) return undefined
    return { type: 'DELETED', object: type === 'DELETED' ? now : under(before, resourceVersion) }
  }

  #read(object: KubeObject): KubeObject {
    return this.#kind.view ? this.#kind.view.read(object) : object
  }
}

function under(object: KubeObject, resourceVersion: number): KubeObject {
  const metadata = copyWith(object.metadata, { resourceVersion: String(resourceVersion) })
  return copyWith(object, { metadata })
}
