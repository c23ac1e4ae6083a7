// expectObject('ConfigMap', 'web').toBeDeleted(): the API server no longer has it.

import { seconds } from '../explain.ts'
import type { Claim } from '../sentence.ts'
import type { Subject, Within } from '../subject.ts'
import { isPresent, observe } from './present.ts'

/** An object that was never seen is not deleted. */
export function toBeDeleted(object: Subject, options?: Within): Claim {
  return object.claim({
    kind: 'toBeDeleted',
    args: options ? [options] : [],
    within: options?.within,
    judge: async (trial) => {
      await observe(trial)
      const change = await trial.follow((candidate) => (isPresent(candidate) ? undefined : candidate))
      if (change) return { change }
      const { kind, name } = trial.about
      const { last } = trial
      const finalizers = last?.object.metadata['finalizers']
      throw trial.fail({
        expected: `no ${kind} "${name}" within ${trial.patience}`,
        received: last
          ? `still there after ${seconds(trial.nowMs - last.atMs)}`
          : `no ${kind} of that name was ever seen`,
        ...(Array.isArray(finalizers) && { because: `it has the finalizers ${finalizers.join(', ')}` }),
      })
    },
  })
}
