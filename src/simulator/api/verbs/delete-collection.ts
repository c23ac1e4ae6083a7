// DELETE of a collection: one object after the other.

import { ApiError } from '../../store/api-error.ts'
import type { KubeObject } from '../../store/object.ts'
import { refOf } from '../../store/object.ts'
import type { DeleteOptions } from '../../store/verbs/delete.ts'
import type { Call } from '../call.ts'
import { deleteOptionsOf } from '../delete-options.ts'
import { listOptionsOf } from '../list-options.ts'
import type { BodyResponse } from '../response.ts'
import { answerPage, pageOf } from './list.ts'

/** Answers the list of what it set out to delete, as it was before (registry/generic/registry/store.go:DeleteCollection). */
export function deleteCollection(call: Call): BodyResponse {
  const options: DeleteOptions = { ...deleteOptionsOf(call), warn: (text) => call.warnings.push(text) }
  const page = pageOf(call, listOptionsOf(call.query, false))
  for (const object of page.items) deleteOne(call, object, options)
  return answerPage(call, page)
}

/** An object that went on its own in the meantime is none of ours. */
function deleteOne({ registry, route }: Call, object: KubeObject, options: DeleteOptions): void {
  try {
    registry.delete(route.kind, refOf(object), options)
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'NotFound') throw error
  }
}
