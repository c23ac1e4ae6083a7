// mktemp: a new file or directory under a name that nobody has.

import { write } from '../io.ts'
import type { Program } from '../program.ts'
import { commandLine } from './options.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

export const mktemp: Program = {
  name: 'mktemp',
  *run(task) {
    const { has, value, operands } = commandLine(task, 'dtqup:')
    const directory = value('p') ?? task.env['TMPDIR'] ?? '/tmp'
    const template = operands[0] ?? `${directory}/tmp.XXXXXX`
    const { random } = task.table.surroundings
    const path = template.replace(/X+$/, (marks) => random.text(marks.length, ALPHABET))
    if (has('d')) task.files.makeDirectory(task.path(path), { user: task.user, mode: 0o700 })
    else task.files.write(task.path(path), '', { user: task.user, mode: 0o600 })
    yield* write(task, 1, `${path}\n`)
    return 0
  },
}
