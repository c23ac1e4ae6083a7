// A request below /api/v1 or /apis/<group>/<version>: which verb it is, and who carries it out.

import { DurationError, parseDuration } from '../../time/duration.ts'
import { ApiError, badRequest, methodNotAllowed, noSuchResource } from '../store/api-error.ts'
import type { Kind, Verb } from '../store/kind.ts'
import { answerBody } from './answer.ts'
import type { Server } from './api.ts'
import type { Call } from './call.ts'
import { writeOptionsOf } from './call.ts'
import type { CreateOnly } from './create-only.ts'
import { objectBody } from './encoding.ts'
import { errorResponse } from './error-response.ts'
import { listOptionsOf } from './list-options.ts'
import { LIST_OFFER, negotiate, OBJECT_OFFER } from './negotiation.ts'
import type { ApiRequest, Target } from './request.ts'
import type { ApiResponse } from './response.ts'
import type { Route } from './route.ts'
import { routeOf } from './route.ts'
import { subresourceResponse } from './subresources/subresource.ts'
import { verbsOf } from './verbs-of.ts'
import { create, decodedObject } from './verbs/create.ts'
import { deleteCollection } from './verbs/delete-collection.ts'
import { remove } from './verbs/delete.ts'
import { get } from './verbs/get.ts'
import { list } from './verbs/list.ts'
import { patch } from './verbs/patch.ts'
import { update } from './verbs/update.ts'
import { watch } from './verbs/watch.ts'

/** Undefined for a group that nobody serves: its paths do not exist at all. */
export function resourceResponse(
  server: Server,
  request: ApiRequest,
  target: Target,
): ApiResponse | undefined {
  const place = groupVersionOf(target.segments)
  if (!place || !server.served.some(({ group }) => group === place.group)) return undefined
  const served = server.served.find(
    ({ group, version }) => group === place.group && version === place.version,
  )
  if (!served) throw noSuchResource()
  const route = routeOf(served, place.rest)
  if (isCreateOnly(route.kind)) return answerQuestion(server, request, target, route as Route<CreateOnly>)
  return answered(server, callOf(server, request, target, route))
}

interface Place {
  readonly group: string
  readonly version: string
  readonly rest: readonly string[]
}

function groupVersionOf([root, ...segments]: readonly string[]): Place | undefined {
  if (root === 'api') {
    const [version, ...rest] = segments
    return version === undefined ? undefined : { group: '', version, rest }
  }
  const [group, version, ...rest] = segments
  return root === 'apis' && group !== undefined && version !== undefined
    ? { group, version, rest }
    : undefined
}

function callOf<K extends CreateOnly | Kind>(
  server: Server,
  request: ApiRequest,
  { query }: Target,
  route: Route<K>,
): Call<K> {
  const verb = verbOf(request.method, route)
  const offer = verb === 'list' ? LIST_OFFER : OBJECT_OFFER
  return {
    request,
    query,
    route,
    registry: server.registry,
    timers: server.timers,
    wanted: negotiate(request.headers?.accept, offer),
    warnings: 'deprecated' in route.kind && route.kind.deprecated ? [route.kind.deprecated] : [],
  }
}

/** A refusal, too, says what a client shall be warned of. */
function answered(server: Server, call: Call): ApiResponse {
  try {
    return carryOut(server, call)
  } catch (error) {
    if (error instanceof ApiError) return errorResponse(call.request, error, call.warnings)
    throw error
  }
}

function carryOut(server: Server, call: Call): ApiResponse {
  const { route, request } = call
  refuseBadTimeout(call)
  if (route.subresource !== undefined) return subresourceResponse(server, call)
  const verb = verbOf(request.method, route)
  if (!verb || !verbsOf(route.kind).includes(verb)) throw methodNotAllowed()
  switch (verb) {
    case 'create':
      return create(call)
    case 'delete':
      return remove(call)
    case 'deletecollection':
      return deleteCollection(call)
    case 'get':
      return get(call)
    case 'list':
    case 'watch':
      return listOrWatch(server, call)
    case 'patch':
      return patch(call)
    case 'update':
      return update(call)
  }
}

/** A client may say how long it will wait; here no answer takes time, but the words must make sense. */
function refuseBadTimeout({ query }: Call): void {
  const text = query.text('timeout')
  if (!text) return
  try {
    parseDuration(text)
  } catch (error) {
    if (!(error instanceof DurationError)) throw error
    throw badRequest(`invalid timeout specified in the request URL - ${error.message}`)
  }
}

function listOrWatch({ random }: Server, call: Call): ApiResponse {
  const options = listOptionsOf(call.query, call.route.isWatchPath)
  if (!options.isWatch) return list(call, options)
  if (call.wanted.encoding !== 'json') throw negotiationFailed()
  return watch(call, options, random)
}

function negotiationFailed(): ApiError {
  const types = 'application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch'
  return new ApiError(406, 'NotAcceptable', `only the following media types are accepted: ${types}`)
}

/** What a method means here: a collection is listed, created in or emptied; an object is read, written or deleted. */
function verbOf(method: string, { name, kind, namespace, isWatchPath }: Route): Verb | undefined {
  if (name === undefined) {
    // Across all namespaces a collection can only be looked at.
    if (method === 'GET') return 'list'
    if (kind.namespaced && namespace === undefined) return undefined
    return method === 'POST' ? 'create' : method === 'DELETE' ? 'deletecollection' : undefined
  }
  if (method === 'GET') return isWatchPath ? 'watch' : 'get'
  return ({ DELETE: 'delete', PATCH: 'patch', PUT: 'update' } as const)[method]
}

function isCreateOnly(kind: CreateOnly | Kind): kind is CreateOnly {
  return 'answer' in kind
}

function answerQuestion(
  server: Server,
  request: ApiRequest,
  target: Target,
  route: Route<CreateOnly>,
): ApiResponse {
  if (request.method !== 'POST' || route.name !== undefined) throw methodNotAllowed()
  const call = callOf(server, request, target, route)
  const { dryRun = false, fieldManager } = writeOptionsOf(call, 'CreateOptions')
  const question = decodedObject(call, route.kind, 'CreateOptions')
  const { registry, kinds } = server
  const { namespace } = route
  const answer = route.kind.answer(question, { registry, kinds, namespace, dryRun, fieldManager })
  return answerBody(call, 201, objectBody(answer))
}
