// shift: the positional parameters without the first ones.

import type { Builtin } from '../builtin.ts'
import { ShellError } from '../shell.ts'

export const shift: Builtin = {
  name: 'shift',
  isSpecial: true,
  run(shell, [, count = '1']) {
    if (!/^\d+$/.test(count)) throw new ShellError(`shift: line 0: Illegal number: ${count}`, 2)
    if (Number(count) > shell.positional.length) return 1
    shell.positional = shell.positional.slice(Number(count))
    return 0
  },
}
