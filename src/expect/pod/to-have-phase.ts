// expectPod('p').toHavePhase('Succeeded'): the phase of its status, which STATUS often hides.

import { podOf } from '../../history/rows.ts'
import { isTerminal } from '../../pod/phase.ts'
import type { Claim } from '../sentence.ts'
import type { Subject, Within } from '../subject.ts'
import { expectedText, receivedText, until } from './until.ts'

export type Phase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown'

/** Fails at once in another phase that is final: from Succeeded and Failed no Pod comes back. */
export function toHavePhase(pod: Subject, phase: Phase, options?: Within): Claim {
  return pod.claim({
    kind: 'toHavePhase',
    args: options ? [phase, options] : [phase],
    within: options?.within,
    judge: async (trial) => {
      let isFinal = false
      const outcome = await until(trial, (change) => {
        const seen = podOf(change)
        isFinal = seen !== undefined && isTerminal(seen)
        return isFinal || seen?.status?.phase === phase
      })
      const change = outcome.is === 'found' ? outcome.change : undefined
      if (change && podOf(change)?.status?.phase === phase) return { change }
      const expected = `phase ${phase}`
      if (change) throw trial.refute({ expected, received: `phase ${podOf(change)?.status?.phase}` })
      throw trial.fail({
        expected: expectedText(trial, expected, outcome),
        received: receivedText(trial, outcome, (last) =>
          last ? `phase ${podOf(last)?.status?.phase}` : 'no Pod of that name',
        ),
      })
    },
  })
}
