// expectPod('p').toRestart(): from the cursor on, the RESTARTS column rises.

import { podOf, rowOf } from '../../history/rows.ts'
import type { ObjectChange } from '../../history/entry.ts'
import { containerStatus } from '../../pod/containers.ts'
import type { Claim } from '../sentence.ts'
import type { Subject, Within } from '../subject.ts'
import { endedBecause } from './ended.ts'

export interface RestartOptions extends Within {
  /** How often; once unless told. */
  readonly times?: number
}

/** Of the whole Pod, or of one container. */
export function toRestart(pod: Subject, container?: string, options?: RestartOptions): Claim {
  const { times = 1, within } = options ?? {}
  return pod.claim({
    kind: 'toRestart',
    args: options ? [options] : [],
    within,
    judge: async (trial) => {
      let first: number | undefined
      let seen = 0
      const verdict = await trial.follow((change) => {
        const count = restartsOf(change, container)
        first ??= count
        seen = count - first
        if (seen >= times) return { change }
        const ended = endedBecause(change)
        return ended === undefined ? undefined : { ended }
      })
      if (verdict?.change) return { change: verdict.change }
      throw trial.fail({
        expected: `${restarts(times)}${verdict?.ended === undefined ? ` within ${trial.patience}` : ''}`,
        received: `${restarts(seen)}${verdict?.ended === undefined ? '' : `; ${verdict.ended}`}`,
      })
    },
  })
}

function restartsOf(change: ObjectChange, container: string | undefined): number {
  const pod = podOf(change)
  if (container === undefined || !pod) return rowOf(change).restarts
  return containerStatus(pod, container)?.restartCount ?? 0
}

function restarts(count: number): string {
  return count === 1 ? '1 restart' : `${count} restarts`
}
