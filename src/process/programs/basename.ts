// basename and dirname: parts of a path.

import { write } from '../io.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'

export const basename: Program = {
  name: 'basename',
  *run(task) {
    const [path, suffix = ''] = task.argv.slice(1)
    if (path === undefined) throw new ProgramError('missing operand')
    const last = path.replace(/(?<=.)\/+$/, '').replace(/^.*\/(?=.)/s, '')
    const isCut = suffix !== '' && last !== suffix && last.endsWith(suffix)
    yield* write(task, 1, `${isCut ? last.slice(0, -suffix.length) : last}\n`)
    return 0
  },
}

export const dirname: Program = {
  name: 'dirname',
  *run(task) {
    const [path] = task.argv.slice(1)
    if (path === undefined) throw new ProgramError('missing operand')
    const trimmed = path.replace(/(?<=.)\/+$/, '')
    const slash = trimmed.lastIndexOf('/')
    const directory = slash < 0 ? '.' : trimmed.slice(0, slash).replace(/\/+$/, '') || '/'
    yield* write(task, 1, `${directory}\n`)
    return 0
  },
}
