// The name in the path and the name in the body of a request to a subresource are one.

import { badRequest } from '../../store/api-error.ts'
import type { SubresourceCall } from '../../store/kind.ts'
import type { Pod } from './pod.ts'

/** Refuses a body that names another Pod. Source: pkg/registry/core/pod/storage/storage.go, eviction.go. */
export function refuseOtherName({ body, ref }: SubresourceCall<Pod>, kindName: string): void {
  const { name } = body.metadata ?? {}
  if (name !== undefined && name !== ref.name)
    throw badRequest(`name in URL does not match name in ${kindName} object`)
}
