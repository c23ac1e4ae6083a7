// A refusal as an answer.

import type { ApiError } from '../store/api-error.ts'
import { encoded } from './answer.ts'
import type { ApiRequest } from './request.ts'
import type { BodyResponse } from './response.ts'
import { jsonBody } from './response.ts'

/** A Status in the client's own encoding, with what it shall be warned of; a 429 or 504 says when to come again. */
export function errorResponse(
  { headers }: ApiRequest,
  { status }: ApiError,
  warnings: readonly string[] = [],
): BodyResponse {
  const encoding = headers?.accept?.startsWith('application/yaml') ? 'yaml' : 'json'
  const response = encoded(status.code, jsonBody(status), encoding, warnings)
  const seconds = status.details?.retryAfterSeconds
  return seconds
    ? { ...response, headers: { ...response.headers, 'retry-after': String(seconds) } }
    : response
}
