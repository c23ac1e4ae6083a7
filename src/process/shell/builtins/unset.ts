// unset: forgets variables and functions.

import type { Builtin } from '../builtin.ts'
import { ShellError } from '../shell.ts'
import { isName } from '../variables.ts'

export const unset: Builtin = {
  name: 'unset',
  isSpecial: true,
  run(shell, fields) {
    const words = fields.slice(1)
    const isFunction = words.includes('-f')
    for (const name of words.filter((word) => word !== '-f' && word !== '-v')) {
      if (!isFunction && !isName(name)) throw new ShellError(`unset: line 0: ${name}: bad variable name`, 2)
      if (isFunction) shell.functions.delete(name)
      else if (!shell.variables.unset(name)) throw new ShellError(`unset: line 0: ${name}: is read only`, 2)
    }
    return 0
  },
}
