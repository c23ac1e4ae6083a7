// Who belongs to whom: the dependents of each owner, by the uids in metadata.ownerReferences.

import type { Kind } from '../store/kind.ts'
import { apiVersionOf, resourceOf } from '../store/kind.ts'
import type { ObjectMeta } from '../../pod/json.ts'
import type { KubeObject, ObjectRef } from '../store/object.ts'
import { keyOf, refOf } from '../store/object.ts'
import type { Registry } from '../store/registry.ts'

export type OwnerReference = NonNullable<ObjectMeta['ownerReferences']>[number]

/** An object and the kind as which it is served. */
export interface Member {
  readonly kind: Kind
  readonly ref: ObjectRef
}

/** Kept up to date from the changes of the store. */
export class OwnerGraph {
  readonly #kinds: ReadonlyMap<string, Kind>
  readonly #registry: Registry
  readonly #dependents = new Map<string, Map<string, Member>>()

  constructor(registry: Registry, kinds: readonly Kind[]) {
    this.#registry = registry
    this.#kinds = new Map(kinds.map((kind) => [`${apiVersionOf(kind)}/${kind.kind}`, kind]))
  }

  /** Takes note of what an object says about its owners, and said before. */
  update(kind: Kind, object: KubeObject | undefined, previous: KubeObject | undefined): void {
    const member = refOf((object ?? previous) as KubeObject)
    const key = `${resourceOf(kind)} ${keyOf(member)}`
    const owners = new Set(ownersOf(object).map(({ uid }) => uid))
    for (const { uid } of ownersOf(previous)) if (!owners.has(uid)) this.#drop(uid, key)
    for (const uid of owners) {
      const dependents = this.#dependents.get(uid) ?? new Map<string, Member>()
      dependents.set(key, { kind, ref: member })
      this.#dependents.set(uid, dependents)
    }
  }

  dependents(uid: string): readonly Member[] {
    return [...(this.#dependents.get(uid)?.values() ?? [])]
  }

  /** The owner itself, `absent` when it is gone or was another object, `unknown` when its kind is not served here. */
  owner(reference: OwnerReference, namespace: string | undefined): KubeObject | 'absent' | 'unknown' {
    const kind = this.ownerKind(reference)
    if (!kind) return 'unknown'
    const owner = this.#registry.find(kind, {
      namespace: kind.namespaced ? namespace : undefined,
      name: reference.name,
    })
    return owner?.metadata.uid === reference.uid ? owner : 'absent'
  }

  ownerKind({ apiVersion, kind }: OwnerReference): Kind | undefined {
    return this.#kinds.get(`${apiVersion}/${kind}`)
  }

  #drop(uid: string, key: string): void {
    const dependents = this.#dependents.get(uid)
    dependents?.delete(key)
    if (dependents?.size === 0) this.#dependents.delete(uid)
  }
}

export function ownersOf(object: KubeObject | undefined): readonly OwnerReference[] {
  return object?.metadata.ownerReferences ?? []
}
