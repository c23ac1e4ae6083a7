// GET /version: which Kubernetes this is.

import { methodNotAllowed } from '../store/api-error.ts'
import type { Server } from './api.ts'
import { encoded } from './answer.ts'
import { JSON_OFFER, negotiate } from './negotiation.ts'
import type { ApiRequest, Target } from './request.ts'
import type { BodyResponse } from './response.ts'
import { jsonBody } from './response.ts'

/** The version whose behaviour is simulated. The commit says that this is no build of it. */
export const VERSION = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.2',
  gitCommit: 'podproof',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: 'go1.26.0',
  compiler: 'gc',
  platform: 'linux/amd64',
} as const

export function version(
  _server: Server,
  request: ApiRequest,
  { segments }: Target,
): BodyResponse | undefined {
  if (segments.length !== 1 || segments[0] !== 'version') return undefined
  if (request.method !== 'GET') throw methodNotAllowed()
  const { encoding } = negotiate(request.headers?.accept, JSON_OFFER)
  return encoded(200, jsonBody(VERSION), encoding)
}
