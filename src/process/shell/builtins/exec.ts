// exec: the shell's process goes on as another program. Without one, only its redirections remain.

import { ExecError } from '../../exec-error.ts'
import type { Builtin } from '../builtin.ts'
import { replaceShell } from '../simple-command.ts'

export const exec: Builtin = {
  name: 'exec',
  isSpecial: true,
  run(shell, fields) {
    const [name, ...others] = fields.slice(1).filter((field, index) => index > 0 || field !== '--')
    if (name === undefined) return 0
    try {
      const executable = shell.task.find(name, shell.variables.get('PATH'))
      replaceShell(shell, executable, [name, ...others], shell.variables.environment)
      return 0
    } catch (error) {
      if (!(error instanceof ExecError)) throw error
      const isMissing = error.kind === 'not found in $PATH' || error.kind === 'no such file'
      shell.complain(`exec: ${name}: ${isMissing ? 'not found' : 'Permission denied'}`)
      if (!shell.isInteractive) shell.jump = { kind: 'exit' }
      return isMissing ? 127 : 126
    }
  },
}
