// readlink and realpath: where links lead.

import { write } from '../io.ts'
import type { Program } from '../program.ts'
import { SystemError } from '../system-error.ts'
import { commandLine } from './options.ts'

export const readlink: Program = {
  name: 'readlink',
  *run(task) {
    const { has, operands } = commandLine(task, 'fnev')
    const [name = ''] = operands
    try {
      const path = task.path(name)
      const node = task.files.node(path, task.user, has('f'))
      if (has('f')) yield* write(task, 1, `${task.files.realPath(path, task.user)}\n`)
      else if (node.kind === 'symlink') yield* write(task, 1, `${node.target}${has('n') ? '' : '\n'}`)
      else return 1
      return 0
    } catch (error) {
      if (error instanceof SystemError) return 1
      throw error
    }
  },
}

export const realpath: Program = {
  name: 'realpath',
  *run(task) {
    for (const name of task.argv.slice(1))
      yield* write(task, 1, `${task.files.realPath(task.path(name), task.user)}\n`)
    return 0
  },
}
