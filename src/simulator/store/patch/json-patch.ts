// JSON patch (RFC 6902): a list of operations that all succeed or change nothing.

import type { Operation } from 'rfc6902'
import { applyPatch } from 'rfc6902'
import { ApiError, unprocessablePatch } from '../api-error.ts'
import { isObject } from './merge-patch.ts'

/** More operations than this are refused (endpoints/handlers/patch.go:maxJSONPatchOperations). */
const MAX_OPERATIONS = 10_000
const OPERATIONS: ReadonlySet<unknown> = new Set(['add', 'copy', 'move', 'remove', 'replace', 'test'])

/** Whatever goes wrong is told in the same words, without the reason. */
export function jsonPatch(target: unknown, operations: readonly unknown[]): unknown {
  if (operations.length > MAX_OPERATIONS) {
    const message = `The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${operations.length}`
    throw new ApiError(413, 'RequestEntityTooLarge', message)
  }
  if (!operations.every(isOperation)) throw unprocessablePatch()
  // The library changes what it is given.
  const result = { document: structuredClone(target) }
  const below = operations.map(({ from, ...rest }) => ({
    ...lenient(rest),
    path: `/document${rest.path}`,
    ...(from !== undefined && { from: `/document${from}` }),
  }))
  const errors = applyPatch(result, below as Operation[])
  if (errors.some((error) => error !== null)) throw unprocessablePatch()
  return result.document
}

/**
 * The library of the API server replaces what is not there, and adds null where no value is given
 * (evanphx/json-patch: partialDoc.get never misses).
 */
function lenient(operation: WireOperation): WireOperation {
  const isIndex = /\/\d+$/.test(operation.path)
  if (operation.op === 'replace' && !isIndex && operation.path !== '')
    return { value: null, ...operation, op: 'add' }
  return operation.op === 'add' ? { value: null, ...operation } : operation
}

interface WireOperation {
  readonly op: string
  readonly path: string
  readonly from?: string
  readonly value?: unknown
}

function isOperation(value: unknown): value is WireOperation {
  if (!isObject(value) || !OPERATIONS.has(value.op) || !isPointer(value.path)) return false
  return value.op === 'copy' || value.op === 'move' ? isPointer(value.from) : true
}

function isPointer(value: unknown): value is string {
  return typeof value === 'string' && (value === '' || value.startsWith('/'))
}
