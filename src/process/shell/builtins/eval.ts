// eval: its arguments are commands.

import type { Builtin } from '../builtin.ts'
import { runText } from '../interpreter.ts'

export const evaluate: Builtin = {
  name: 'eval',
  isSpecial: true,
  *run(shell, fields) {
    return yield* runText(shell, fields.slice(1).join(' '))
  },
}
