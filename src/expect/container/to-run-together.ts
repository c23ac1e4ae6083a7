// container('a').toRunTogether('b'): at some moment both run.

import type { ObjectChange } from '../../history/entry.ts'
import { endedBecause } from '../pod/ended.ts'
import type { Claim } from '../sentence.ts'
import type { Subject, Within } from '../subject.ts'
import type { Trial } from '../trial.ts'
import { stateText, statusIn } from './container.ts'

/** Looks at the whole life of the Pod: both may have run before the claim was reached. */
export function toRunTogether(pod: Subject, container: string, other: string, options?: Within): Claim {
  return pod.claim({
    kind: 'toRunTogether',
    args: options ? [other, options] : [other],
    within: options?.within,
    judge: async (trial) => {
      const verdict = await trial.follow((change) => judge(trial, change, container, other), {
        from: { ...trial.cursor, order: 0 },
      })
      if (verdict?.change) return { atMs: verdict.change.atMs }
      const states = [container, other].map(
        (name) => `${name} ${trial.last ? stateText(statusIn(trial, trial.last, name)) : 'is unknown'}`,
      )
      throw trial.fail({
        expected: `${container} and ${other} to run at the same time`,
        received: `never both: ${states.join(', ')}`,
      })
    },
  })
}

function judge(trial: Trial, change: ObjectChange, container: string, other: string) {
  const statuses = [container, other].map((name) => statusIn(trial, change, name))
  if (change.type !== 'DELETED' && statuses.every((status) => status?.state?.running)) return { change }
  return endedBecause(change) === undefined ? undefined : { change: undefined }
}
