// Whom a path leads to: a kind, perhaps one object of it, perhaps a subresource.

import type { Kind } from '../store/kind.ts'
import { badRequest, noSuchResource } from '../store/api-error.ts'
import type { CreateOnly } from './create-only.ts'

/** A place under /api/v1 or /apis/<group>/<version>. */
export interface Route<K = CreateOnly | Kind> {
  readonly kind: K
  readonly namespace: string | undefined
  readonly name: string | undefined
  readonly subresource: string | undefined
  /** What follows a subresource: the path behind /proxy. */
  readonly tail: readonly string[]
  /** Whether the path began with the old /watch prefix. */
  readonly isWatchPath: boolean
}

/** What is served under one group and version. */
export interface Served {
  readonly group: string
  readonly version: string
  readonly kinds: readonly (CreateOnly | Kind)[]
}

/** Finds the place of a path behind its group and version; a 404 if nobody is there. */
export function routeOf({ kinds }: Served, path: readonly string[]): Route {
  const isWatchPath = path[0] === 'watch'
  const rest = isWatchPath ? path.slice(1) : path
  const place = inNamespace(kinds, rest) ?? atRoot(kinds, rest)
  if (place.name !== undefined) refuseName(place.name)
  return { ...place, isWatchPath }
}

type Place = Omit<Route, 'isWatchPath'>

/** /namespaces/<namespace>/<plural>/...; not /namespaces/<name>/status, which is a Namespace's own. */
function inNamespace(kinds: readonly (CreateOnly | Kind)[], path: readonly string[]): Place | undefined {
  const [first, namespace, plural, name, subresource, ...tail] = path
  if (first !== 'namespaces' || plural === undefined) return undefined
  const kind = kinds.find((candidate) => candidate.plural === plural && candidate.namespaced)
  return kind && { kind, namespace: namespace || undefined, name, subresource, tail }
}

/** A name that would lead somewhere else (apimachinery/pkg/api/validation/path/name.go). */
function refuseName(name: string): void {
  if (name === '.' || name === '..') {
    throw badRequest(`Name parameter invalid: ${JSON.stringify(name)}: may not be '${name}'`)
  }
  if (name.includes('/')) throw noSuchResource()
}

/** /<plural>/...; a namespaced kind can only be listed there. */
function atRoot(kinds: readonly (CreateOnly | Kind)[], path: readonly string[]): Place {
  const [plural, name, subresource, ...tail] = path
  const kind = kinds.find((candidate) => candidate.plural === plural)
  if (!kind || (kind.namespaced && name !== undefined)) throw noSuchResource()
  return { kind, namespace: undefined, name, subresource, tail }
}
