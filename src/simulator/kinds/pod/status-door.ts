// pods/status: where the kubelet writes.

import type { UpdateStrategy } from '../../store/kind.ts'
import { copyWith } from '../../store/copy-with.ts'
import { replace, without } from '../defaulting.ts'
import type { Pod } from './pod.ts'
import { podStatusMistakes } from './validation/pod-status.ts'

/**
 * Everything but status, labels and annotations stays as it was.
 * Source: pkg/registry/core/pod/strategy.go:podStatusStrategy.
 */
export const statusDoor: UpdateStrategy<Pod> = {
  prepare(pod, old) {
    const status = replace(pod.status ?? {}, { qosClass: pod.status?.qosClass ?? old.status?.qosClass })
    return replace(pod, { metadata: withOwnersOf(old, pod), spec: old.spec, status })
  },
  validate: podStatusMistakes,
}

function withOwnersOf({ metadata: { ownerReferences } }: Pod, { metadata }: Pod): Pod['metadata'] {
  if (metadata.ownerReferences === ownerReferences) return metadata
  return ownerReferences ? copyWith(metadata, { ownerReferences }) : without(metadata, 'ownerReferences')
}
