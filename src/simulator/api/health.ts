// /healthz, /livez and /readyz: whether the API server is well. This one always is.

import type { Server } from './api.ts'
import type { ApiRequest, Target } from './request.ts'
import type { BodyResponse } from './response.ts'
import { textResponse } from './response.ts'

const CHECKS = ['ping', 'log', 'etcd'] as const
const ENDPOINTS: readonly string[] = ['healthz', 'livez', 'readyz']

/** `?verbose` names the checks; a check can also be asked for by its name (apiserver/pkg/server/healthz/healthz.go). */
export function health(
  _server: Server,
  _request: ApiRequest,
  { segments, query }: Target,
): BodyResponse | undefined {
  const [endpoint = '', check, ...rest] = segments
  if (!ENDPOINTS.includes(endpoint) || rest.length > 0) return undefined
  if (check !== undefined) return CHECKS.some((name) => name === check) ? textResponse(200, 'ok') : undefined
  if (!query.has('verbose')) return textResponse(200, 'ok')
  const lines = CHECKS.map((name) => `[+]${name} ok\n`)
  return textResponse(200, `${lines.join('')}${endpoint} check passed\n`)
}
