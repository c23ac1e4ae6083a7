// /attach: the streams of a container's own process.

import { containerOf, nodeStreamsOf, podOf } from './container.ts'
import { streamOptionsOf } from './exec.ts'
import type { Connector } from './subresource.ts'
import { refuseWithoutUpgrade } from './upgrade.ts'

export const attach: Connector = {
  methods: ['GET', 'POST'],
  connect(server, call) {
    const pod = podOf(call)
    const container = containerOf(pod, call.query.text('container') ?? '')
    const node = nodeStreamsOf(server, call, pod)
    refuseWithoutUpgrade(call)
    const connection = node.attach(pod, container, streamOptionsOf(call))
    return { is: 'connection', status: 101, headers: {}, connection }
  },
}
