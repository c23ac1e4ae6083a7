// Admission: what may still change or refuse a write once it is authorised, and before it is validated and stored.

import type { Context, Kind } from './kind.ts'
import type { KubeObject, ObjectRef } from './object.ts'

/** What a plugin is told of a write (apiserver/pkg/admission/attributes.go). */
export interface AdmissionRequest {
  readonly operation: 'CREATE' | 'DELETE' | 'UPDATE'
  readonly kind: Kind
  readonly ref: ObjectRef
  /** '' for the main door. */
  readonly subresource: string
  /** The new object; for a DELETE the one to go. */
  readonly object: KubeObject
  /** What is stored now; undefined for a CREATE. */
  readonly old: KubeObject | undefined
  readonly context: Context
}

/** One plugin. It refuses by throwing an ApiError. */
export interface Admission {
  /** `NamespaceLifecycle`, `ServiceAccount`... */
  readonly name: string
  /** Answers the object as it shall be stored, sharing what it does not change. Runs before validation. */
  admit?(request: AdmissionRequest): KubeObject
  /** Looks at the validated object; runs after all of `admit` and after validation. */
  check?(request: AdmissionRequest): void
}
