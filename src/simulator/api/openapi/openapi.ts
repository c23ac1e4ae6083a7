// /openapi/v3 and /openapi/v2: what clients read to validate, to explain and to merge.

import { createHash } from 'node:crypto'
import { methodNotAllowed } from '../../store/api-error.ts'
import type { Server } from '../api.ts'
import type { ApiRequest, Target } from '../request.ts'
import type { BodyResponse } from '../response.ts'
import { bodyResponse, jsonBody, textResponse } from '../response.ts'
import type { Served } from '../route.ts'
import { documentOf } from './document.ts'
import { swaggerOf } from './swagger.ts'

/** An index of documents, one for each group and version; and everything in one document of version 2. */
export function openApi(server: Server, request: ApiRequest, { segments }: Target): BodyResponse | undefined {
  const [root, version, ...rest] = segments
  if (root !== 'openapi') return undefined
  if (request.method !== 'GET' && request.method !== 'HEAD') throw methodNotAllowed()
  if (version === 'v2' && rest.length === 0) return answer(request, swaggerOf(server.served))
  if (version !== 'v3') return undefined
  if (rest.length === 0) return answer(request, indexOf(server))
  const place = server.served.find((candidate) => pathOf(candidate) === rest.join('/'))
  return place ? answer(request, documentOf(place)) : textResponse(404, '')
}

/** `api/v1`, `apis/apps/v1`: how the index names a document. */
function pathOf({ group, version }: Served): string {
  return group ? `apis/${group}/${version}` : `api/${version}`
}

function indexOf({ served }: Server): object {
  const entries = served.map((place) => {
    const path = pathOf(place)
    return [path, { serverRelativeURL: `/openapi/v3/${path}?hash=${hashOf(documentOf(place))}` }] as const
  })
  return { paths: Object.fromEntries(entries) }
}

function answer(request: ApiRequest, document: object): BodyResponse {
  const etag = `"${hashOf(document)}"`
  if (request.headers?.['if-none-match'] === etag) {
    const response = bodyResponse(304, { value: '', bytes: () => Buffer.alloc(0) })
    return { ...response, headers: { ...response.headers, etag } }
  }
  const response = bodyResponse(200, jsonBody(document))
  return { ...response, headers: { ...response.headers, etag } }
}

const hashes = new WeakMap<object, string>()

function hashOf(document: object): string {
  const known = hashes.get(document)
  if (known) return known
  const hash = createHash('sha512').update(JSON.stringify(document)).digest('hex').toUpperCase()
  hashes.set(document, hash)
  return hash
}
