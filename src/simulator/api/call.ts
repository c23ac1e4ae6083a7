// A request on its way: what it asks, of which kind, and with what it is answered.

import type { Timers } from '../../time/clock.ts'
import { invalidObject } from '../store/api-error.ts'
import { notSupported } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { KubeObject } from '../store/object.ts'
import type { Registry } from '../store/registry.ts'
import type { WriteOptions } from '../store/verbs/backing.ts'
import type { Wanted } from './negotiation.ts'
import type { ApiRequest, Query } from './request.ts'
import type { Route } from './route.ts'
import { copyWith } from '../store/copy-with.ts'

export interface Call<K = Kind> {
  readonly request: ApiRequest
  readonly query: Query
  readonly route: Route<K>
  readonly registry: Registry
  readonly timers: Timers
  readonly wanted: Wanted
  /** What the answer's Warning headers will say; grows while the call is worked on. */
  readonly warnings: string[]
}

/** The fields of CreateOptions, UpdateOptions and PatchOptions that all writes share. */
export function writeOptionsOf(
  { query, request, warnings }: Call<unknown>,
  optionsKind: string,
): WriteOptions {
  return {
    fieldManager: query.text('fieldManager') || userAgent(request),
    dryRun: isDryRun(query, optionsKind),
    warn: (text) => warnings.push(text),
  }
}

/** `All` is the only dry run there is. */
function isDryRun(query: Query, optionsKind: string): boolean {
  const values = query.texts('dryRun').filter((value) => value !== '')
  const unknown = values.filter((value) => value !== 'All')
  if (unknown.length) {
    const mistakes = unknown.map(() => notSupported('dryRun', values, ['All']))
    throw invalidObject({ group: 'meta.k8s.io', kind: optionsKind }, '', mistakes.slice(0, 1))
  }
  return values.length > 0
}

/** The object in the namespace of the path, where it does not say its own. */
export function inNamespace(object: KubeObject, namespace: string | undefined): KubeObject {
  if (!namespace || object.metadata.namespace) return object
  return copyWith(object, { metadata: copyWith(object.metadata, { namespace }) })
}

/** The program's name, as managedFields shows it when the request names no field manager. */
function userAgent({ headers }: ApiRequest): string {
  return headers?.['user-agent']?.split('/')[0] || 'unknown'
}
