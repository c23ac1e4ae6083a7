// /proxy: HTTP through the API server to a Pod, a Service or a node. Not modelled, and refused in so many words.

import { ApiError } from '../../store/api-error.ts'
import { getObject } from '../verbs/get.ts'
import type { Connector } from './subresource.ts'

export const proxy: Connector = {
  methods: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
  connect(_server, call) {
    getObject({ ...call, route: { ...call.route, name: hostOf(call.route.name ?? '') } })
    const { plural } = call.route.kind
    throw new ApiError(
      503,
      'ServiceUnavailable',
      `podproof does not model the proxy of ${plural}; use exec or port-forward`,
    )
  },
}

/** `name`, `name:port` or `scheme:name:port`. */
function hostOf(text: string): string {
  const parts = text.split(':')
  return (parts.length === 3 ? parts[1] : parts[0]) ?? ''
}
