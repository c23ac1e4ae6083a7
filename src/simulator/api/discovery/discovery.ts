// /api and /apis: which groups, versions and resources there are.

import { createHash } from 'node:crypto'
import { methodNotAllowed, noSuchResource } from '../../store/api-error.ts'
import { apiVersionOf } from '../../store/kind.ts'
import { encoded } from '../answer.ts'
import type { Server } from '../api.ts'
import { DISCOVERY_OFFER, negotiate } from '../negotiation.ts'
import type { ApiRequest, Target } from '../request.ts'
import type { BodyResponse } from '../response.ts'
import { jsonBody } from '../response.ts'
import type { Served } from '../route.ts'
import { aggregated } from './aggregated.ts'
import { resourcesOf } from './resources.ts'

const AGGREGATED_TYPE = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'

/** Clients that ask for it get one document of everything; the others walk from /apis to each group and version. */
export function discovery(
  server: Server,
  request: ApiRequest,
  { segments }: Target,
): BodyResponse | undefined {
  const [root, ...rest] = segments
  if (root === undefined) return answerDocument(request, paths(server))
  if (root !== 'api' && root !== 'apis') return undefined
  const served = servedUnder(server, root)
  if (rest.length === 0) return answerRoot(server, request, root, served)
  const document = documentAt(root, rest, served)
  return document && answerDocument(request, document)
}

function servedUnder({ served }: Server, root: 'api' | 'apis'): readonly Served[] {
  return served.filter(({ group }) => (root === 'api') === (group === '')).toSorted(byPreference)
}

/** Groups by name; of a group the newest version first. */
function byPreference(a: Served, b: Served): number {
  if (a.group !== b.group) return a.group < b.group ? -1 : 1
  return a.version > b.version ? -1 : 1
}

function answerRoot(
  server: Server,
  request: ApiRequest,
  root: 'api' | 'apis',
  served: readonly Served[],
): BodyResponse {
  if (request.method !== 'GET') throw methodNotAllowed()
  if (wantsAggregated(request)) return answerAggregated(request, aggregated(served))
  return answerDocument(request, root === 'api' ? coreVersions(server) : groupList(served))
}

function wantsAggregated({ headers }: ApiRequest): boolean {
  const clauses = (headers?.accept ?? '').split(',').map((clause) => clause.replace(/\s/g, ''))
  return clauses.some(
    (clause) =>
      clause.startsWith('application/json;') &&
      /(;|^)v=v2(;|$)/.test(clause) &&
      clause.includes('as=APIGroupDiscoveryList'),
  )
}

function answerAggregated(request: ApiRequest, document: object): BodyResponse {
  const body = jsonBody(document)
  const etag = `"${createHash('sha512').update(JSON.stringify(document)).digest('hex').toUpperCase()}"`
  const isKnown = request.headers?.['if-none-match'] === etag
  const response = encoded(
    isKnown ? 304 : 200,
    isKnown ? { value: '', bytes: () => Buffer.alloc(0) } : body,
    'json',
  )
  return {
    ...response,
    headers: { ...response.headers, 'content-type': AGGREGATED_TYPE, etag, vary: 'Accept' },
  }
}

function answerDocument(request: ApiRequest, document: object): BodyResponse {
  if (request.method !== 'GET') throw methodNotAllowed()
  const { encoding } = negotiate(request.headers?.accept, DISCOVERY_OFFER)
  return encoded(200, jsonBody(document), encoding)
}

/** The document at /api/<version>, /apis/<group> or /apis/<group>/<version>. */
function documentAt(
  root: 'api' | 'apis',
  path: readonly string[],
  served: readonly Served[],
): object | undefined {
  const [group, version, ...rest] = root === 'api' ? ['', ...path] : path
  if (rest.length > 0) return undefined
  const versions = served.filter((place) => place.group === group)
  if (!versions.length) return undefined
  if (version === undefined) return groupOf(versions)
  const place = versions.find((candidate) => candidate.version === version)
  if (!place) throw noSuchResource()
  return resourceList(place)
}

function resourceList(place: Served): object {
  return {
    kind: 'APIResourceList',
    // Only the core group leaves its version out here, as it always did.
    ...(place.group && { apiVersion: 'v1' }),
    groupVersion: apiVersionOf(place),
    resources: resourcesOf(place),
  }
}

function coreVersions({ served }: Server): object {
  const versions = served.filter(({ group }) => group === '').map(({ version }) => version)
  return {
    kind: 'APIVersions',
    versions,
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: 'podproof:6443' }],
  }
}

function groupList(served: readonly Served[]): object {
  const groups = [...new Set(served.map(({ group }) => group))]
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: groups.map((group) => {
      const { kind: _, apiVersion: _v, ...rest } = groupOf(served.filter((place) => place.group === group))
      return rest
    }),
  }
}

function groupOf(versions: readonly Served[]): Readonly<Record<string, unknown>> {
  const all = versions.map((place) => ({ groupVersion: apiVersionOf(place), version: place.version }))
  return {
    kind: 'APIGroup',
    apiVersion: 'v1',
    name: versions[0]?.group,
    versions: all,
    preferredVersion: all[0],
  }
}

/** GET /: every path there is. */
function paths({ served }: Server): object {
  const groups = served.flatMap(({ group, version }) =>
    group ? [`/apis/${group}`, `/apis/${group}/${version}`] : [`/api/${version}`],
  )
  const others = [
    '/api',
    '/apis',
    '/apis/',
    '/healthz',
    '/livez',
    '/openapi/v2',
    '/openapi/v3',
    '/readyz',
    '/version',
  ]
  return { paths: [...new Set([...groups, ...others])].sort() }
}
