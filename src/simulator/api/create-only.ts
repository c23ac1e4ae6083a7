// Kinds that are never stored: a POST asks something, and the answer is the object filled in.

import type { Registry } from '../store/registry.ts'
import type { KubeObject } from '../store/object.ts'
import type { Kind } from '../store/kind.ts'

/** A question that the server answers at once, such as a SelfSubjectAccessReview. */
export interface CreateOnly {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly plural: string
  readonly singular: string
  readonly namespaced: boolean
  readonly verbs: readonly ['create']
  answer(question: KubeObject, asker: Asker): KubeObject
}

/** What an answer may depend on. */
export interface Asker {
  readonly registry: Registry
  readonly kinds: readonly Kind[]
  readonly namespace: string | undefined
  readonly dryRun: boolean
  readonly fieldManager?: string | undefined
}
