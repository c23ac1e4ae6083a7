// jobs: what runs in the background.

import { put } from '../../io.ts'
import type { Builtin } from '../builtin.ts'

export const jobs: Builtin = {
  name: 'jobs',
  run(shell, fields) {
    shell.reapChildren()
    const lines = shell.jobs.map(({ pid, status }, index) => {
      if (fields.includes('-p')) return `${pid}\n`
      const state = status === undefined ? 'Running' : status === 0 ? 'Done' : `Done(${status})`
      const mark = index === shell.jobs.length - 1 ? '+' : index === shell.jobs.length - 2 ? '-' : ' '
      return `[${index + 1}]${mark}  ${state}\n`
    })
    shell.forgetEndedJobs()
    return put(shell.task, 1, lines.join(''))
  },
}
