// cd and pwd: the working directory of the shell.

import type { Bytes } from '../../bytes.ts'
import { isAllowed } from '../../nodes.ts'
import { put } from '../../io.ts'
import { SystemError } from '../../system-error.ts'
import type { Builtin } from '../builtin.ts'
import type { Shell } from '../shell.ts'

export const changeDirectory: readonly Builtin[] = [
  { name: 'cd', run: (shell, fields) => change(shell, fields) },
  { name: 'chdir', run: (shell, fields) => change(shell, fields) },
  { name: 'pwd', run: (shell) => put(shell.task, 1, `${shell.task.cwd}\n`) },
]

function change(shell: Shell, fields: readonly Bytes[]): number | ReturnType<typeof put> {
  const [wanted] = fields.slice(1).filter((field) => !/^-[LP]+$/.test(field) && field !== '--')
  const { variables, task } = shell
  const target = wanted === '-' ? variables.get('OLDPWD') : (wanted ?? variables.get('HOME'))
  if (target === undefined) {
    shell.complain(`cd: ${wanted === '-' ? 'OLDPWD' : 'HOME'} not set`)
    return 1
  }
  const path = normalized(task.path(target === '' ? '.' : target))
  try {
    const node = task.files.node(path, task.user)
    if (node.kind !== 'directory') throw new SystemError('ENOTDIR')
    if (!isAllowed(node, task.user, 1)) throw new SystemError('EACCES')
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    shell.complain(`cd: line 0: can't cd to ${target}: ${error.text}`)
    return 2
  }
  variables.set('OLDPWD', task.cwd, { isExported: true })
  task.cwd = path
  variables.set('PWD', path, { isExported: true })
  return wanted === '-' ? put(task, 1, `${path}\n`) : 0
}

/** The path without `.`, `..` and double slashes, as the logical working directory is kept. */
function normalized(path: Bytes): Bytes {
  const parts: Bytes[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}
