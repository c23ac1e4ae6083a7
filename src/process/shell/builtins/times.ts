// times: the processor time of the shell and of its children.

import { put } from '../../io.ts'
import type { Builtin } from '../builtin.ts'

export const times: Builtin = {
  name: 'times',
  isSpecial: true,
  run(shell) {
    const ms = shell.task.execution.computedMs
    const own = `${Math.floor(ms / 60_000)}m${((ms % 60_000) / 1000).toFixed(6)}s`
    return put(shell.task, 1, `${own} 0m0.000000s\n0m0.000000s 0m0.000000s\n`)
  },
}
