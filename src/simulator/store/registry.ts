// What may be done with stored objects, kind by kind: the doors through which everybody reads and writes.

import type { Random } from '../../time/random.ts'
import type { Admission } from './admission.ts'
import { notFoundError } from './api-error.ts'
import type { Context, Kind } from './kind.ts'
import { resourceOf } from './kind.ts'
import type { KubeObject, ObjectRef } from './object.ts'
import type { Store } from './store.ts'
import { create } from './verbs/create.ts'
import type { DeleteOptions, Deleted } from './verbs/delete.ts'
import { deleteObject } from './verbs/delete.ts'
import type { Backing, CreateOptions, WriteOptions } from './verbs/backing.ts'
import { contextOf } from './verbs/backing.ts'
import type { UpdateOptions } from './verbs/update.ts'
import { update } from './verbs/update.ts'

export interface RegistryOptions {
  readonly store: Store
  readonly random: Random
  /** In the order in which they shall look at a write. */
  readonly admission?: readonly Admission[]
  readonly now: () => number
}

/**
 * Synchronous, for the API server and for everything that lives beside it (kubelets, controllers, the scheduler).
 * Every refusal is an ApiError in the API server's words. Objects that come out are stored ones: never change them.
 */
export class Registry {
  readonly store: Store
  readonly #backing: Backing

  constructor({ store, random, admission = [], now }: RegistryOptions) {
    this.store = store
    this.#backing = { store, random, admission, now }
  }

  /** The object, or a 404. */
  get<T extends KubeObject>(kind: Kind<T>, ref: ObjectRef): T {
    const object = this.find(kind, ref)
    if (!object) throw notFoundError(kind, ref.name)
    return object
  }

  /** The object, if it exists. */
  find<T extends KubeObject>(kind: Kind<T>, ref: ObjectRef): T | undefined {
    const stored = this.store.get(resourceOf(kind.view?.of ?? kind), ref)
    return stored && (read(kind, stored) as T)
  }

  /** All objects of the kind, or those of one namespace, ordered by namespace and name. */
  list<T extends KubeObject>(kind: Kind<T>, namespace?: string): readonly T[] {
    const stored = this.store.list(resourceOf(kind.view?.of ?? kind), namespace)
    return (kind.view ? stored.map((object) => read(kind, object)) : stored) as readonly T[]
  }

  /** Adds an object (POST): defaults, admission, validation; answers it as stored. */
  create<T extends KubeObject>(kind: Kind<T>, object: T, options: CreateOptions = {}): T {
    return create(this.#backing, kind, object, options)
  }

  /** Replaces an object (PUT). A metadata.resourceVersion must be the stored one; nothing changed means nothing happens. */
  update<T extends KubeObject>(kind: Kind<T>, object: T, options: UpdateOptions = {}): T {
    const { namespace, name = '', uid } = object.metadata
    return this.change(kind, { namespace, name }, () => object, { ...options, expectedUid: uid })
  }

  /** Replaces the status of an object, and nothing else of it. */
  updateStatus<T extends KubeObject>(kind: Kind<T>, object: T, options: UpdateOptions = {}): T {
    return this.update(kind, object, { ...options, subresource: 'status' })
  }

  /** Makes a new state from the stored one, and stores it: read, change and write in one step that nothing can come between. */
  change<T extends KubeObject>(
    kind: Kind<T>,
    ref: ObjectRef,
    make: (old: T) => T,
    options: UpdateOptions = {},
  ): T {
    return update(this.#backing, kind, ref, make, options)
  }

  /** Deletes an object, or begins to: grace and finalizers may keep it. */
  delete<T extends KubeObject>(kind: Kind<T>, ref: ObjectRef, options: DeleteOptions = {}): Deleted<T> {
    return deleteObject(this.#backing, kind, ref, options)
  }

  /** What hooks of kinds may ask about the world of a request. */
  context(options: WriteOptions = {}): Context {
    return contextOf(this.#backing, options)
  }
}

function read(kind: Kind, stored: KubeObject): KubeObject {
  return kind.view ? kind.view.read(stored) : stored
}
