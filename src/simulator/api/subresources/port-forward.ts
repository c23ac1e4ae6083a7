// /portforward: connections to ports of a Pod.

import { badRequest } from '../../store/api-error.ts'
import type { Query } from '../request.ts'
import { nodeStreamsOf, podOf } from './container.ts'
import type { Connector } from './subresource.ts'
import { refuseWithoutUpgrade } from './upgrade.ts'

/** Ports may be named in the query or, inside the connection, with each stream. */
export const portForward: Connector = {
  methods: ['GET', 'POST'],
  connect(server, call) {
    const pod = podOf(call)
    const node = nodeStreamsOf(server, call, pod)
    refuseWithoutUpgrade(call)
    return { is: 'forward', status: 101, headers: {}, connection: node.portForward(pod, portsOf(call.query)) }
  },
}

function portsOf(query: Query): readonly number[] {
  return query.texts('ports').flatMap((text) => text.split(',').map(portOf))
}

function portOf(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw badRequest(`unable to parse ${JSON.stringify(text)} as a port`)
}
