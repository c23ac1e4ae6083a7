// container('c').toExitWith(0): the next time the container exits, it does so with this code.

import type { ContainerStatus } from '../../pod/json.ts'
import { expectedText, until } from '../pod/until.ts'
import type { Claim } from '../sentence.ts'
import type { Subject, Within } from '../subject.ts'
import { received, statusIn } from './container.ts'

export interface ExitOptions extends Within {
  /** `Completed`, `Error`, `OOMKilled`... */
  readonly reason?: string
}

/** A container that has exited at the cursor, and was not started again, counts as well. */
export function toExitWith(pod: Subject, container: string, code: number, options?: ExitOptions): Claim {
  return pod.claim({
    kind: 'toExitWith',
    args: options ? [code, options] : [code],
    within: options?.within,
    judge: async (trial) => {
      let startingCount: number | undefined
      let exit: Exit | undefined
      const outcome = await until(trial, (change) => {
        const status = statusIn(trial, change, container)
        startingCount ??= status?.restartCount
        exit = status && exitOf(status, startingCount ?? 0)
        return exit !== undefined
      })
      if (outcome.is === 'found' && exit && isExpected(exit, code, options)) return { change: outcome.change }
      const expected = `${container} to exit with ${exitText(code, options?.reason)}`
      if (exit)
        throw trial.refute({
          expected,
          received: `${container} exited with ${exitText(exit.exitCode, exit.reason)}`,
        })
      throw trial.fail({
        expected: expectedText(trial, expected, outcome),
        received: received(trial, container),
      })
    },
  })
}

type Exit = NonNullable<NonNullable<ContainerStatus['state']>['terminated']>

/** The exit that a status shows: the present one, or that of an instance which was replaced since the cursor. */
function exitOf(
  { state, lastState, restartCount }: ContainerStatus,
  startingCount: number,
): Exit | undefined {
  return state?.terminated ?? (restartCount > startingCount ? lastState?.terminated : undefined)
}

function isExpected(exit: Exit, code: number, options: ExitOptions | undefined): boolean {
  return exit.exitCode === code && (options?.reason === undefined || exit.reason === options.reason)
}

function exitText(code: number, reason: string | undefined): string {
  return reason ? `${code} (${reason})` : String(code)
}
