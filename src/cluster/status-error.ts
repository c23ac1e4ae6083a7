// An answer of the API server that says no, as an error.

import type { ClusterResponse, Status } from './cluster.ts'

/** A request that the API server refused. The message is the server's; `during` says what was asked. */
export class StatusError extends Error {
  readonly status: Status
  readonly during: string

  constructor(during: string, status: Status) {
    super(`${during}: ${status.message}`)
    this.status = status
    this.during = during
  }
}

/** Whether the server did what was asked. */
export function isSuccess({ status }: ClusterResponse): boolean {
  return status >= 200 && status < 300
}

/** The Status in a refusal; made up from the code where the body is none (a proxy in between). */
export function statusOf({ status, body }: ClusterResponse): Status {
  const isStatus =
    typeof body === 'object' && body !== null && typeof Reflect.get(body, 'message') === 'string'
  if (isStatus) return body as Status
  return {
    code: status,
    message: typeof body === 'string' && body !== '' ? body : `the server answered ${status}`,
  }
}

/** The body of a successful answer; throws a StatusError otherwise. */
export function bodyOf(response: ClusterResponse, during: string): unknown {
  if (isSuccess(response)) return response.body
  throw new StatusError(during, statusOf(response))
}
