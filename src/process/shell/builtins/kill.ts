// kill, as a builtin.

import { killProcesses } from '../../programs/kill.ts'
import type { Builtin } from '../builtin.ts'

export const kill: Builtin = {
  name: 'kill',
  run: (shell, fields) =>
    killProcesses(shell.task, fields.slice(1), {
      complain: (text) => shell.complain(text),
      jobPid: (number) => shell.jobs[number - 1]?.pid,
    }),
}
