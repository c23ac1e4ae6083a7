// POST to a collection.

import { badRequest } from '../../store/api-error.ts'
import type { Kind } from '../../store/kind.ts'
import type { KubeObject } from '../../store/object.ts'
import { answerObject } from '../answer.ts'
import type { Call } from '../call.ts'
import { inNamespace, writeOptionsOf } from '../call.ts'
import { decodeBody, fieldValidationOf } from '../decoding/body.ts'
import type { BodyResponse } from '../response.ts'

const OPTIONS = 'CreateOptions'

export function create(call: Call): BodyResponse {
  const { registry, route } = call
  const options = writeOptionsOf(call, OPTIONS)
  const object = decodedObject(call, route.kind, OPTIONS)
  return answerObject(call, 201, registry.create(route.kind, object, options))
}

/** The body as an object of `kind` in the namespace of the path. */
export function decodedObject(
  call: Call<unknown>,
  kind: Pick<Kind, 'group' | 'kind' | 'version'>,
  optionsKind: string,
): KubeObject {
  const { request, query, route, warnings } = call
  const validation = fieldValidationOf(query.text('fieldValidation'), optionsKind)
  const object = decodeBody(request, kind, validation, (text) => warnings.push(text))
  refuseOtherNamespace(object, route.namespace)
  return inNamespace(object, route.namespace)
}

function refuseOtherNamespace({ metadata }: KubeObject, namespace: string | undefined): void {
  if (!metadata.namespace || metadata.namespace === namespace || namespace === undefined) return
  throw badRequest('the namespace of the provided object does not match the namespace sent on the request')
}
