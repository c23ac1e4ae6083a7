// The API server: one function from a request to its answer, synchronous and without a socket.

import type { Timers } from '../../time/clock.ts'
import type { Random } from '../../time/random.ts'
import { ApiError } from '../store/api-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Registry } from '../store/registry.ts'
import type { CreateOnly } from './create-only.ts'
import { createOnlyKinds } from './create-only-kinds.ts'
import { errorResponse } from './error-response.ts'
import { discovery } from './discovery/discovery.ts'
import { health } from './health.ts'
import type { NodeStreams } from './node-streams.ts'
import { openApi } from './openapi/openapi.ts'
import type { ApiRequest, Target } from './request.ts'
import { targetOf } from './request.ts'
import { resourceResponse } from './resource.ts'
import type { ApiResponse } from './response.ts'
import { textResponse } from './response.ts'
import type { Served } from './route.ts'
import { version } from './version.ts'

export interface ApiOptions {
  readonly registry: Registry
  /** What is served, in the order of discovery. */
  readonly kinds: readonly Kind[]
  readonly timers: Timers
  readonly random: Random
  /** The node on which a Pod is; undefined for a node that does not answer. */
  readonly nodeStreams?: ((nodeName: string) => NodeStreams | undefined) | undefined
}

/** What the parts of the server share. */
export interface Server extends Required<Omit<ApiOptions, 'nodeStreams'>> {
  readonly served: readonly Served[]
  readonly nodeStreams: (nodeName: string) => NodeStreams | undefined
}

/** A place outside of the resources: /healthz, /version, /openapi/v3... Undefined if the path is not its. */
type Place = (server: Server, request: ApiRequest, target: Target) => ApiResponse | undefined

const PLACES: readonly Place[] = [discovery, health, openApi, version]

export class Api {
  readonly #server: Server

  constructor({ registry, kinds, timers, random, nodeStreams = () => undefined }: ApiOptions) {
    const served = groupVersions([...kinds, ...createOnlyKinds])
    this.#server = { registry, kinds, timers, random, nodeStreams, served }
  }

  /** Answers a request. What is refused is an answer too: this never throws for something that a client did. */
  handle(request: ApiRequest): ApiResponse {
    const target = targetOf(request)
    if (!target) return textResponse(400, '400 Bad Request')
    try {
      return this.#answer(request, target)
    } catch (error) {
      if (error instanceof ApiError) return errorResponse(request, error)
      throw error
    }
  }

  #answer(request: ApiRequest, target: Target): ApiResponse {
    for (const place of PLACES) {
      const response = place(this.#server, request, target)
      if (response) return response
    }
    return resourceResponse(this.#server, request, target) ?? textResponse(404, '404 page not found\n')
  }
}

function groupVersions(kinds: readonly (CreateOnly | Kind)[]): readonly Served[] {
  const served = new Map<string, { group: string; version: string; kinds: (CreateOnly | Kind)[] }>()
  for (const kind of kinds) {
    const key = `${kind.group}/${kind.version}`
    const known = served.get(key)
    if (known) known.kinds.push(kind)
    else served.set(key, { group: kind.group, version: kind.version, kinds: [kind] })
  }
  return [...served.values()]
}
