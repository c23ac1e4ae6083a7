// pods/status: where the kubelet writes.

import type { UpdateStrategy } from '../../store/kind.ts'
import { without } from '../defaulting.ts'
import type { Pod } from './pod.ts'
import { podStatusMistakes } from './validation/pod-status.ts'

/**
 * Everything but status, labels and annotations stays as it was.
 * Source: pkg/registry/core/pod/strategy.go:podStatusStrategy.
 */
export const statusDoor: UpdateStrategy<Pod> = {
  prepare(pod, old) {
    const { ownerReferences } = old.metadata
    const metadata = {
      ...without(pod.metadata, 'ownerReferences'),
      ...(ownerReferences && { ownerReferences }),
    }
    const qosClass = pod.status?.qosClass ?? old.status?.qosClass
    return {
      ...pod,
      ...(old.spec && { spec: old.spec }),
      metadata,
      status: { ...pod.status, ...(qosClass && { qosClass }) },
    }
  },
  validate: podStatusMistakes,
}
