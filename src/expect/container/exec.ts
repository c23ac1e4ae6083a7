// exec('cat', '/info.log').toPrint('postStart...'): a command in a container, and what it prints and exits with.

import type { Execution } from '../../cluster/cluster.ts'
import { runToEnd } from '../actions/exec.ts'
import { matches } from '../matches.ts'
import type { Claim } from '../sentence.ts'
import { literal } from '../subject.ts'
import type { Subject, Within } from '../subject.ts'
import type { Trial } from '../trial.ts'

/** A command that is run when one of its claims is awaited, once for each. */
export interface ExecClaims {
  /** The standard output, without the line feed at its end, is this text, or the pattern is found in it. */
  toPrint(text: string | RegExp, options?: Within): Claim
  toExitWith(code: number, options?: Within): Claim
  /** The command cannot be run: the API or the runtime says so in these words. */
  toFailWith(message: string | RegExp, options?: Within): Claim
}

export function exec(pod: Subject, container: string | undefined, command: readonly string[]): ExecClaims {
  const subject = pod.part(`exec(${command.map(literal).join(', ')})`)
  return {
    toPrint: (text, options) =>
      subject.claim({
        kind: 'toPrint',
        args: options ? [text, options] : [text],
        within: options?.within,
        judge: async (trial) => {
          const { execution, output } = await run(trial, container, command)
          if (matches(execution.stdout.replace(/\n$/, ''), text)) return { atMs: trial.nowMs }
          throw trial.refute({ expected: `it to print ${literal(text)}`, received: output })
        },
      }),
    toExitWith: (code, options) =>
      subject.claim({
        kind: 'toExitWith',
        args: options ? [code, options] : [code],
        within: options?.within,
        judge: async (trial) => {
          const { execution, output } = await run(trial, container, command)
          if (execution.exitCode === code) return { atMs: trial.nowMs }
          throw trial.refute({ expected: `it to exit with ${code}`, received: output })
        },
      }),
    toFailWith: (message, options) =>
      subject.claim({
        kind: 'toFailWith',
        args: options ? [message, options] : [message],
        within: options?.within,
        judge: async (trial) => {
          const { execution, output } = await run(trial, container, command)
          if (execution.failure && matches(execution.failure.message, message)) return { atMs: trial.nowMs }
          throw trial.refute({ expected: `it to fail: ${message}`, received: output })
        },
      }),
  }
}

/** Runs the command to its end, and says in words what came of it. */
async function run(trial: Trial, container: string | undefined, command: readonly string[]) {
  const target = { pod: trial.about.name, ...(container !== undefined && { container }) }
  const execution = await runToEnd(trial.session, target, command, { deadlineMs: trial.deadlineMs })
  const output = outputText(execution)
  if (execution.exitCode === undefined && !execution.failure) {
    throw trial.fail({ expected: `it to end within ${trial.patience}`, received: output })
  }
  return { execution, output }
}

function outputText({ stdout, stderr, exitCode, failure }: Execution): string {
  if (failure) return failure.message
  const output = `${stdout}${stderr}`.trimEnd()
  const ending = exitCode === undefined ? 'still running' : `exit code ${exitCode}`
  return output === '' ? `nothing printed, ${ending}` : `${output}\n${ending}`
}
