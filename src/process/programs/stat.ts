// stat: what the file system knows of a file.

import type { Bytes } from '../bytes.ts'
import { write } from '../io.ts'
import type { Node } from '../nodes.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'
import { nameOfId } from './accounts.ts'
import { modeText } from './ls.ts'
import { commandLine } from './options.ts'

export const stat: Program = {
  name: 'stat',
  *run(task) {
    const { has, value, operands } = commandLine(task, 'c:Ltf')
    const format = value('c')
    if (format === undefined) throw new ProgramError('only stat -c FORMAT is supported')
    let status = 0
    for (const name of operands) {
      try {
        const node = task.files.node(task.path(name), task.user, has('L'))
        yield* write(
          task,
          1,
          `${format.replace(/%([a-zA-Z%])/g, (whole, letter: string) => field(task, letter, name, node) ?? whole)}\n`,
        )
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        yield* write(task, 2, `stat: can't stat '${name}': ${error.text}\n`)
        status = 1
      }
    }
    return status
  },
}

const kinds = {
  device: 'character special file',
  directory: 'directory',
  file: 'regular file',
  symlink: 'symbolic link',
}

function field(task: Task, letter: string, name: Bytes, node: Node): Bytes | undefined {
  switch (letter) {
    case 'a':
      return node.mode.toString(8)
    case 'A':
      return modeText(node)
    case 'F':
      return node.kind === 'file' && node.content === '' && !node.program
        ? 'regular empty file'
        : kinds[node.kind]
    case 'g':
      return String(node.gid)
    case 'G':
      return nameOfId(task, '/etc/group', node.gid) ?? 'UNKNOWN'
    case 'n':
      return name
    case 's':
      return String(node.kind === 'file' ? node.content.length : node.kind === 'directory' ? 4096 : 0)
    case 'u':
      return String(node.uid)
    case 'U':
      return nameOfId(task, '/etc/passwd', node.uid) ?? 'UNKNOWN'
    case 'Y':
      return String(Math.floor(node.mtimeMs / 1000))
    case '%':
      return '%'
    default:
      return undefined
  }
}
