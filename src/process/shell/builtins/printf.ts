// printf, as a builtin.

import { put } from '../../io.ts'
import { printed } from '../../programs/printf.ts'
import type { Builtin } from '../builtin.ts'

export const print: Builtin = {
  name: 'printf',
  run(shell, fields) {
    const { text, complaints, status } = printed(fields.slice(1))
    for (const complaint of complaints) shell.complain(complaint)
    return put(shell.task, 1, text, status)
  },
}
