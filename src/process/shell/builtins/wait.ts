// wait: until background processes have ended, or a signal with a trap comes.

import type { Bytes } from '../../bytes.ts'
import type { Action } from '../../effects.ts'
import { signalNumbers } from '../../signals.ts'
import type { Builtin } from '../builtin.ts'
import type { Job, Shell } from '../shell.ts'

export const wait: Builtin = {
  name: 'wait',
  *run(shell, fields) {
    const words = fields.slice(1).filter((word) => word !== '-n' && word !== '--')
    if (fields.includes('-n')) return yield* until(shell, () => firstEnded(shell))
    if (words.length === 0)
      return yield* until(shell, () => (shell.jobs.some(isRunning) ? undefined : forgetAll(shell)))
    let status = 0
    for (const word of words) {
      const job = jobOf(shell, word)
      if (job) status = yield* until(shell, () => job.status)
      else status = 127
    }
    return status
  },
}

function isRunning(job: Job): boolean {
  return job.status === undefined
}

function forgetAll(shell: Shell): number {
  shell.forgetEndedJobs()
  return 0
}

function firstEnded(shell: Shell): number | undefined {
  if (shell.jobs.length === 0) return 127
  const job = shell.jobs.find((candidate) => candidate.status !== undefined)
  if (job) shell.jobs.splice(shell.jobs.indexOf(job), 1)
  return job?.status
}

function jobOf(shell: Shell, word: Bytes): Job | undefined {
  if (word.startsWith('%')) return shell.jobs[Number(word.slice(1)) - 1]
  return shell.jobs.find((job) => job.pid === Number(word))
}

/** Waits for children until `answer` has one; a signal with a trap ends the wait with 128 + n. */
function* until(shell: Shell, answer: () => number | undefined): Action<number> {
  for (;;) {
    shell.reapChildren()
    const status = answer()
    if (status !== undefined) return status
    const resumption = yield { effect: 'wait', queues: [shell.task.childEnded] }
    if (resumption === 'ready' || resumption === 'timeout') continue
    shell.catch(resumption)
    return 128 + signalNumbers[resumption]
  }
}
