// expectPod('p').toRestart(): from the cursor on, the RESTARTS column rises.

import { podOf, rowOf } from '../../history/rows.ts'
import type { ObjectChange } from '../../history/entry.ts'
import { containerStatus } from '../../pod/containers.ts'
import type { Claim } from '../sentence.ts'
import type { Subject, Within } from '../subject.ts'
import { expectedText, receivedText, until } from './until.ts'

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
      const outcome = await until(trial, (change) => {
        const count = restartsOf(change, container)
        first ??= count
        seen = count - first
        return seen >= times
      })
      if (outcome.is === 'found') return { change: outcome.change }
      throw trial.fail({
        expected: expectedText(trial, restarts(times), outcome),
        received: receivedText(trial, outcome, () => restarts(seen)),
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
