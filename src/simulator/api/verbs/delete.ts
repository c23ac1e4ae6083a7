// DELETE of one object.

import type { Kind } from '../../store/kind.ts'
import type { KubeObject } from '../../store/object.ts'
import type { Deleted, DeleteOptions } from '../../store/verbs/delete.ts'
import { answerBody, answerObject } from '../answer.ts'
import type { Call } from '../call.ts'
import { deleteOptionsOf } from '../delete-options.ts'
import type { BodyResponse } from '../response.ts'
import { jsonBody } from '../response.ts'

/** A finished deletion answers what its kind says; an unfinished one the object, which is still there. */
export function remove(call: Call): BodyResponse {
  const { kind, namespace, name = '' } = call.route
  const options: DeleteOptions = { ...deleteOptionsOf(call), warn: (text) => call.warnings.push(text) }
  const deleted = call.registry.delete(kind, { namespace, name }, options)
  return answersObject(kind, deleted)
    ? answerObject(call, 200, deleted.object)
    : answerBody(call, 200, jsonBody(deletedStatus(kind, deleted.object)))
}

function answersObject(kind: Kind, { isGone }: Deleted<KubeObject>): boolean {
  return !isGone || kind.deletion?.answers === 'object'
}

function deletedStatus({ group, plural }: Kind, { metadata }: KubeObject): object {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { name: metadata.name, ...(group && { group }), kind: plural, uid: metadata.uid },
  }
}
