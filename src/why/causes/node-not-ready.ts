// The node's kubelet has stopped answering, so that nobody carries out what was asked.

import type { Cause } from '../cause.ts'
import { eventsSoFar } from '../moment.ts'

export const nodeNotReady: Cause = {
  name: 'node-not-ready',
  steps: ['kubelet', 'teardown', 'TERM', 'running'],
  find(moment) {
    const isLost = eventsSoFar(moment).some(({ reason }) => reason === 'NodeNotReady')
    if (!isLost) return undefined
    const node = moment.pod.spec?.nodeName ?? ''
    return {
      because: `node ${node} is not ready: its kubelet does not answer`,
      next: `kubectl describe node ${node}`,
    }
  },
}
