// DELETE of a collection: one object after the other.

import { apiVersionOf } from '../../store/kind.ts'
import { ApiError } from '../../store/api-error.ts'
import type { KubeObject } from '../../store/object.ts'
import { refOf } from '../../store/object.ts'
import { answerBody } from '../answer.ts'
import type { Call } from '../call.ts'
import { deleteOptionsOf } from '../delete-options.ts'
import { listBody } from '../encoding.ts'
import { listOptionsOf } from '../list-options.ts'
import type { BodyResponse } from '../response.ts'
import { selectionOf } from '../selection.ts'

/** Answers the list of what was deleted, each as it was last (registry/generic/registry/store.go:DeleteCollection). */
export function deleteCollection(call: Call): BodyResponse {
  const { registry, route, query } = call
  const { kind, namespace } = route
  const options = { ...deleteOptionsOf(call), warn: (text: string) => call.warnings.push(text) }
  const { limit } = listOptionsOf(query, false)
  const selection = selectionOf(kind, query)
  const selected = registry.list(kind, namespace).filter((object) => selection.includes(object))
  const resourceVersion = String(registry.store.resourceVersion)
  const items = (limit > 0 ? selected.slice(0, limit) : selected).flatMap((object) =>
    deleted(call, object, options),
  )
  const apiVersion = apiVersionOf(kind)
  return answerBody(
    call,
    200,
    listBody({ kind: `${kind.kind}List`, apiVersion, metadata: { resourceVersion }, items }),
  )
}

/** An object that went on its own in the meantime is none of ours. */
function deleted({ registry, route }: Call, object: KubeObject, options: object): readonly KubeObject[] {
  try {
    return [registry.delete(route.kind, refOf(object), options).object]
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'NotFound') return []
    throw error
  }
}
