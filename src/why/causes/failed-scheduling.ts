// The scheduler has looked at the nodes, and none takes the Pod.

import type { Cause } from '../cause.ts'
import { eventsSoFar } from '../moment.ts'
import { oneLine } from '../wording.ts'

export const failedScheduling: Cause = {
  name: 'failed-scheduling',
  steps: ['scheduling'],
  find(moment) {
    const event = eventsSoFar(moment).findLast(({ reason }) => reason === 'FailedScheduling')
    if (!event) return undefined
    const message = oneLine(event.message)
    return { because: `no node takes the Pod: ${message}`, next: advice(message) }
  },
}

/** What each plugin of the scheduler would need. Source: kubernetes/06 6.4 (reason strings of the plugins). */
const ADVICE: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/persistentvolumeclaim "(.+?)" not found/, ([, claim]) => `create PersistentVolumeClaim "${claim}"`],
  [
    /unbound immediate PersistentVolumeClaims/,
    () => 'kubectl get pvc: give the claim a volume or a storage class',
  ],
  [
    /node affinity\/selector/,
    () => 'kubectl get nodes --show-labels: label a node, or change nodeSelector or affinity',
  ],
  [/untolerated taint/, () => 'add a toleration to the Pod, or remove the taint of a node'],
  [
    /Insufficient (\S+?)[,.]/,
    ([, resource]) => `lower the Pod's request of ${resource}, or free some on a node`,
  ],
  [/Too many pods/, () => 'delete Pods, or add a node'],
  [/free ports/, () => 'choose another hostPort, or delete the Pod that holds it'],
  [/were unschedulable/, () => 'kubectl uncordon a node'],
]

function advice(message: string): string {
  for (const [pattern, advise] of ADVICE) {
    const match = pattern.exec(message)
    if (match) return advise(match)
  }
  return 'kubectl describe nodes'
}
