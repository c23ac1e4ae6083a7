// The errors of the API server, each made in one place, in the API server's words.

import type { Kind } from './kind.ts'
import { resourceOf } from './kind.ts'
import type { FieldError } from './field-error.ts'
import { fieldErrorText } from './field-error.ts'

/** A refusal as the wire shows it (meta/v1 Status). */
export interface Status {
  readonly kind: 'Status'
  readonly apiVersion: 'v1'
  readonly metadata: Readonly<Record<string, string>>
  readonly status: 'Failure' | 'Success'
  readonly message: string
  readonly reason?: StatusReason
  readonly details?: StatusDetails
  readonly code: number
}

export interface StatusDetails {
  readonly name?: string
  readonly group?: string
  readonly kind?: string
  readonly uid?: string
  readonly causes?: readonly StatusCause[]
  readonly retryAfterSeconds?: number
}

export interface StatusCause {
  readonly reason?: string
  readonly message?: string
  readonly field?: string
}

export type StatusReason =
  | 'AlreadyExists'
  | 'BadRequest'
  | 'Conflict'
  | 'Expired'
  | 'Forbidden'
  | 'InternalError'
  | 'Invalid'
  | 'MethodNotAllowed'
  | 'NotAcceptable'
  | 'NotFound'
  | 'RequestEntityTooLarge'
  | 'ServiceUnavailable'
  | 'Timeout'
  | 'TooManyRequests'
  | 'Unauthorized'
  | 'UnsupportedMediaType'

/** A request was refused; `status` says why, as a client sees it (apimachinery/pkg/api/errors/errors.go). */
export class ApiError extends Error {
  readonly status: Status

  constructor(
    code: number,
    reason: StatusReason | undefined,
    message: string,
    details?: StatusDetails,
    metadata: Readonly<Record<string, string>> = {},
  ) {
    super(message)
    this.name = 'ApiError'
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata,
      status: 'Failure',
      message,
      ...(reason && { reason }),
      ...(details && { details }),
      code,
    }
  }

  /** The same refusal with something in its metadata: the token with which a list can go on. */
  withMetadata(metadata: Readonly<Record<string, string>>): ApiError {
    const { code, reason, message, details } = this.status
    return new ApiError(code, reason, message, details, metadata)
  }

  get code(): number {
    return this.status.code
  }

  get reason(): StatusReason | undefined {
    return this.status.reason
  }
}

type Resource = Pick<Kind, 'group' | 'plural'>
type Named = Pick<Kind, 'group' | 'kind'>

/** 404 `pods "p" not found` */
export function notFoundError(kind: Resource, name: string): ApiError {
  return new ApiError(404, 'NotFound', `${resourceOf(kind)} "${name}" not found`, detailsOf(kind, name))
}

/** 404 for a path that nobody serves. */
export function noSuchResource(): ApiError {
  return new ApiError(404, 'NotFound', 'the server could not find the requested resource', {})
}

/** 409 `pods "p" already exists` */
export function alreadyExists(kind: Resource, name: string): ApiError {
  return new ApiError(
    409,
    'AlreadyExists',
    `${resourceOf(kind)} "${name}" already exists`,
    detailsOf(kind, name),
  )
}

/** 409 for a create whose name is still held by an object on its way out (registry/generic/registry/store.go). */
export function beingDeleted(kind: Resource, name: string): ApiError {
  const message = `object is being deleted: ${resourceOf(kind)} "${name}" already exists`
  return new ApiError(409, 'AlreadyExists', message, detailsOf(kind, name))
}

/** 409 for a generated name that exists: the client may try again. */
export function generatedNameExists(kind: Resource, name: string): ApiError {
  const message = `${resourceOf(kind)} "${name}" already exists, the server was not able to generate a unique name for the object`
  return new ApiError(409, 'AlreadyExists', message, { ...detailsOf(kind, name), retryAfterSeconds: 1 })
}

/** 409 `Operation cannot be fulfilled on pods "p": why` */
export function conflict(kind: Resource, name: string, why: string): ApiError {
  const message = `Operation cannot be fulfilled on ${resourceOf(kind)} "${name}": ${why}`
  return new ApiError(409, 'Conflict', message, detailsOf(kind, name))
}

/** 409 for a write that was made from an old resourceVersion. */
export function staleWrite(kind: Resource, name: string): ApiError {
  const why = 'the object has been modified; please apply your changes to the latest version and try again'
  return conflict(kind, name, why)
}

/** 409 for an apply that others are in the way of; the causes name their fields. */
export function applyConflict(message: string, causes: readonly StatusCause[]): ApiError {
  return new ApiError(409, 'Conflict', message, { causes })
}

/** 409 for a PUT that names another uid; the key of the storage shows through (apiserver/pkg/storage/errors.go). */
export function uidConflict(kind: Resource, key: string, name: string, asked: string, uid: string): ApiError {
  const failed = `Precondition failed: UID in precondition: ${asked}, UID in object meta: ${uid}`
  const why = `StorageError: invalid object, Code: 4, Key: /registry/${kind.plural}/${key}, ResourceVersion: 0, AdditionalErrorMsg: ${failed}`
  return conflict(kind, name, why)
}

/** 409 for a DELETE whose preconditions do not hold; it names the kind where others name the resource. */
export function preconditionFailed(
  { group, kind }: Named,
  name: string,
  field: 'ResourceVersion' | 'UID',
  asked: string,
  actual: string | undefined,
): ApiError {
  const hint = field === 'UID' ? 'deleted and then recreated' : 'modified'
  const why = `the ${field} in the precondition (${asked}) does not match the ${field} in record (${actual}). The object might have been ${hint}`
  return conflict({ group, plural: kind }, name, why)
}

/** 422 `Pod "p" is invalid: ...` with a cause for every mistake. */
export function invalidObject(kind: Named, name: string, errors: readonly FieldError[]): ApiError {
  const texts = errors.map(fieldErrorText)
  const unique = [...new Set(texts)]
  const message = unique.length === 1 ? (unique[0] ?? '') : `[${unique.join(', ')}]`
  return new ApiError(422, 'Invalid', `${kindText(kind)} "${name}" is invalid: ${message}`, {
    ...(name && { name }),
    ...(kind.group && { group: kind.group }),
    ...(kind.kind && { kind: kind.kind }),
    causes: errors.map(({ reason, message, field }) => ({ reason, message, field })),
  })
}

/** 403 `pods "p" is forbidden: why`; without a name `pods is forbidden: why`. */
export function forbiddenError(
  kind: Resource,
  name: string,
  why: string,
  causes?: readonly StatusCause[],
): ApiError {
  const subject = name ? `${resourceOf(kind)} "${name}"` : resourceOf(kind)
  const details = { ...detailsOf(kind, name), ...(causes && { causes }) }
  return new ApiError(403, 'Forbidden', `${subject} is forbidden: ${why}`, details)
}

/** 400 with the given words. */
export function badRequest(message: string): ApiError {
  return new ApiError(400, 'BadRequest', message)
}

/** 401 */
export function unauthorized(): ApiError {
  return new ApiError(401, 'Unauthorized', 'Unauthorized')
}

/** 405 */
export function methodNotAllowed(): ApiError {
  return new ApiError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  )
}

/** 410 */
export function expired(message: string): ApiError {
  return new ApiError(410, 'Expired', message)
}

/** 413 for a body over `limitBytes`. */
export function tooLarge(limitBytes: number): ApiError {
  const message = `Request entity too large: limit is ${limitBytes}`
  return new ApiError(413, 'RequestEntityTooLarge', message)
}

/** 415 with the media types that would do. */
export function unsupportedMediaType(accepted: readonly string[]): ApiError {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`
  return new ApiError(415, 'UnsupportedMediaType', message)
}

/** 422 for a patch whose operations cannot be carried out; the reason is never told. */
export function unprocessablePatch(): ApiError {
  return new ApiError(422, 'Invalid', 'the server rejected our request due to an error in our request', {})
}

/** 429 with causes, for an eviction that a disruption budget forbids. */
export function tooManyRequests(message: string, causes: readonly StatusCause[]): ApiError {
  return new ApiError(429, 'TooManyRequests', message, { causes })
}

/** 500 `Internal error occurred: why` */
export function internalFailure(why: string): ApiError {
  return new ApiError(500, 'InternalError', `Internal error occurred: ${why}`, { causes: [{ message: why }] })
}

/** 500 without a reason: what the API server makes of a Go error that is no Status (responsewriters/status.go). */
export function plainFailure(message: string): ApiError {
  return new ApiError(500, undefined, message)
}

/** 504 `Timeout: Too large resource version: 999, current: 120` */
export function tooLargeResourceVersion(asked: number | string, current: number): ApiError {
  const message = `Timeout: Too large resource version: ${asked}, current: ${current}`
  return new ApiError(504, 'Timeout', message, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  })
}

function detailsOf(kind: Resource, name: string): StatusDetails {
  return { ...(name && { name }), ...(kind.group && { group: kind.group }), kind: kind.plural }
}

function kindText({ group, kind }: Named): string {
  return group ? `${kind}.${group}` : kind
}
