// echo, as a builtin.

import { put } from '../../io.ts'
import { echoed } from '../../programs/echo.ts'
import type { Builtin } from '../builtin.ts'

export const echo: Builtin = {
  name: 'echo',
  run: (shell, fields) => put(shell.task, 1, echoed(fields.slice(1))),
}
