// expectPod('p').toBeReady(): its Ready condition is True, as Services and `kubectl wait` see it.

import { podOf } from '../../history/rows.ts'
import { condition, isTrue } from '../../pod/conditions.ts'
import type { Claim } from '../sentence.ts'
import type { Subject, Within } from '../subject.ts'
import { endedBecause } from './ended.ts'
import { seenText } from './shown.ts'

export function toBeReady(pod: Subject, options?: Within): Claim {
  return pod.claim({
    kind: 'toBeReady',
    args: options ? [options] : [],
    within: options?.within,
    judge: async (trial) => {
      const verdict = await trial.follow((change) => {
        const seen = podOf(change)
        if (seen && change.type !== 'DELETED' && isTrue(seen, 'Ready')) return { change }
        const ended = endedBecause(change)
        return ended === undefined ? undefined : { ended }
      })
      if (verdict?.change) return { change: verdict.change }
      const last = trial.last && podOf(trial.last)
      const why = last && condition(last, 'Ready')?.message
      throw trial.fail({
        expected: verdict?.ended === undefined ? `Ready within ${trial.patience}` : 'Ready',
        received: [seenText(trial.last, { status: '', ready: '' }), why, verdict?.ended]
          .filter(Boolean)
          .join('; '),
      })
    },
  })
}
