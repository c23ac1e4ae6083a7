// /exec: a command in a running container.

import type { Call } from '../call.ts'
import type { StreamOptions } from '../node-streams.ts'
import { containerOf, nodeStreamsOf, podOf } from './container.ts'
import type { Connector } from './subresource.ts'
import { refuseWithoutUpgrade } from './upgrade.ts'

/** The connection is the HTTP adapter's to speak (WebSocket); in the process it is used as it is. */
export const exec: Connector = {
  methods: ['GET', 'POST'],
  connect(server, call) {
    const pod = podOf(call)
    const container = containerOf(pod, call.query.text('container') ?? '')
    const node = nodeStreamsOf(server, call, pod)
    refuseWithoutUpgrade(call)
    const options = { ...streamOptionsOf(call), command: call.query.texts('command') }
    return { is: 'connection', status: 101, headers: {}, connection: node.exec(pod, container, options) }
  },
}

/** Which of the streams a client wants; with a terminal stderr comes on stdout. */
export function streamOptionsOf({ query }: Call): StreamOptions {
  const tty = query.flag('tty') ?? false
  return {
    stdin: query.flag('stdin') ?? false,
    stdout: query.flag('stdout') ?? false,
    stderr: !tty && (query.flag('stderr') ?? false),
    tty,
  }
}
