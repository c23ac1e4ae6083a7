// The kubelet of the Pod's node has not reacted to what the API server holds.

import type { Cause } from '../cause.ts'
import { seconds } from '../wording.ts'

export const kubeletSilent: Cause = {
  name: 'kubelet-silent',
  steps: ['kubelet'],
  isGeneral: true,
  find({ pod, facts, atMs }) {
    const node = pod.spec?.nodeName ?? ''
    const isDeleted = facts.deletedAtMs !== undefined
    const bound = facts.record.states.find((state) => state.pod.spec?.nodeName)?.atMs
    const sinceMs = facts.deletedAtMs ?? bound ?? atMs
    const what = isDeleted ? 'has not begun to stop it' : 'has reported nothing about it'
    return {
      because: `the kubelet of ${node} ${what}, ${seconds(atMs - sinceMs)} after it was ${isDeleted ? 'deleted' : 'scheduled there'}`,
      next: `kubectl describe node ${node}`,
    }
  },
}
