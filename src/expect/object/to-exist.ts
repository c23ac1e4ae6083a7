// expectObject('ConfigMap', 'web').toExist(): the API server has it.

import type { Claim } from '../sentence.ts'
import type { Subject, Within } from '../subject.ts'
import { isPresent, observe } from './present.ts'

export function toExist(object: Subject, options?: Within): Claim {
  return object.claim({
    kind: 'toExist',
    args: options ? [options] : [],
    within: options?.within,
    judge: async (trial) => {
      await observe(trial)
      const change = await trial.follow((candidate) => (isPresent(candidate) ? candidate : undefined))
      if (change) return { change }
      const { kind, name } = trial.about
      throw trial.fail({
        expected: `a ${kind} "${name}" within ${trial.patience}`,
        received: `no ${kind} of that name`,
      })
    },
  })
}
