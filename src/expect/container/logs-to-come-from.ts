// expectPod('p').logs.toComeFrom('c'): the container that `kubectl logs` takes when none is named.

import { closest } from '../../cluster/closest.ts'
import { podOf } from '../../history/rows.ts'
import { allContainers } from '../../pod/containers.ts'
import type { Pod } from '../../pod/json.ts'
import type { Claim } from '../sentence.ts'
import type { Subject } from '../subject.ts'

export function logsToComeFrom(pod: Subject, container: string): Claim {
  return pod.claim({
    kind: 'toComeFrom',
    args: [container],
    judge: async (trial) => {
      const seen = await trial.follow((change) => (change.type === 'DELETED' ? undefined : podOf(change)))
      const taken = seen && defaultContainer(seen)
      if (taken === container) return { atMs: trial.nowMs }
      const names = allContainers(seen?.spec).map((found) => found.container.name)
      const meant = names.includes(container) ? undefined : closest(container, names)
      throw trial.refute({
        expected: container,
        received: taken ?? 'no Pod of that name',
        ...(meant !== undefined && { next: `did you mean "${meant}"?` }),
      })
    },
  })
}

/**
 * The container of the annotation if it names one, else the first regular one. The client decides this, not the server.
 * Source: kubectl pkg/cmd/util/podcmd/podcmd.go:FindOrDefaultContainerByName.
 */
function defaultContainer(pod: Pod): string | undefined {
  const annotated = pod.metadata?.annotations?.['kubectl.kubernetes.io/default-container']
  const names = allContainers(pod.spec).map((found) => found.container.name)
  return annotated !== undefined && names.includes(annotated) ? annotated : pod.spec?.containers[0]?.name
}
