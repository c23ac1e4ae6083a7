// container('c').logs.toFailWith('... is waiting to start: PodInitializing'): the API refuses the log, in these words.

import { matches } from '../matches.ts'
import type { Claim } from '../sentence.ts'
import type { Subject, Within } from '../subject.ts'

export interface LogsOptions extends Within {
  /** Asks for the log of the instance before the present one. */
  readonly previous?: boolean
}

/** The log is asked for once, when the claim is awaited: an answer is not waited for, it is there. */
export function logsToFailWith(
  pod: Subject,
  container: string | undefined,
  message: string | RegExp,
  options?: LogsOptions,
): Claim {
  return pod.claim({
    kind: 'toFailWith',
    args: options ? [message, options] : [message],
    within: options?.within,
    judge: async (trial) => {
      const { cluster, namespace } = trial.session
      const target = { namespace, pod: trial.about.name, ...(container !== undefined && { container }) }
      const lines: string[] = []
      const stream = cluster.logs(target, { previous: options?.previous ?? false }, ({ text }) =>
        lines.push(text),
      )
      const isAnswered = await cluster.clock.pass(stream.end, trial.deadlineMs)
      stream.stop()
      const { failure } = stream
      if (failure && matches(failure.message, message)) return { atMs: trial.nowMs }
      throw trial.refute({
        expected: `the log to be refused: ${message}`,
        received:
          failure?.message ??
          (isAnswered ? `a log of ${lines.length} lines` : `no answer within ${trial.patience}`),
      })
    },
  })
}
