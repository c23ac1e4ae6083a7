// GET of one object.

import { plainFailure, tooLargeResourceVersion } from '../../store/api-error.ts'
import type { KubeObject } from '../../store/object.ts'
import { answerObject } from '../answer.ts'
import type { Call } from '../call.ts'
import { versionNumber } from '../list-options.ts'
import type { BodyResponse } from '../response.ts'

/** A resourceVersion asks for a state at least as new: the present one always is. */
export function get(call: Call): BodyResponse {
  return answerObject(call, 200, getObject(call))
}

export function getObject({ registry, route, query }: Call): KubeObject {
  const { kind, namespace, name = '' } = route
  const version = query.text('resourceVersion')
  if (version) {
    const asked = versionNumber(version, plainFailure)
    const current = registry.store.resourceVersion
    if (asked > current) throw tooLargeResourceVersion(asked, current)
  }
  return registry.get(kind, { namespace, name })
}
