// PUT of an object, or through one of its subresources.

import { badRequest } from '../../store/api-error.ts'
import { answerObject } from '../answer.ts'
import type { Call } from '../call.ts'
import { writeOptionsOf } from '../call.ts'
import type { BodyResponse } from '../response.ts'
import { decodedObject } from './create.ts'

const OPTIONS = 'UpdateOptions'

export function update(call: Call): BodyResponse {
  const { registry, route } = call
  const { kind, name = '', subresource } = route
  const options = { ...writeOptionsOf(call, OPTIONS), subresource }
  const object = decodedObject(call, kind, OPTIONS)
  if (!object.metadata.name) {
    throw badRequest(
      `the name of the object (${name} based on URL) was undeterminable: name must be provided`,
    )
  }
  if (object.metadata.name !== name) {
    throw badRequest(
      `the name of the object (${object.metadata.name}) does not match the name on the URL (${name})`,
    )
  }
  return answerObject(call, 200, registry.update(kind, object, options))
}
