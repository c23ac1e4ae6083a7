// id and whoami: who the process is.

import { write } from '../io.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import type { Task } from '../task.ts'
import { nameOfId } from './accounts.ts'
import { commandLine } from './options.ts'

export const id: Program = {
  name: 'id',
  *run(task) {
    const { has } = commandLine(task, 'ugGnr')
    const { uid, gid } = task.user
    const groups = [gid, ...task.user.groups.filter((group) => group !== gid)]
    const shown = (file: '/etc/passwd' | '/etc/group', number: number) =>
      has('n') ? (nameOfId(task, file, number) ?? String(number)) : String(number)
    if (has('u')) yield* write(task, 1, `${shown('/etc/passwd', uid)}\n`)
    else if (has('g')) yield* write(task, 1, `${shown('/etc/group', gid)}\n`)
    else if (has('G'))
      yield* write(task, 1, `${groups.map((group) => shown('/etc/group', group)).join(' ')}\n`)
    else {
      const list = groups.map((group) => labelled(task, '/etc/group', group)).join(',')
      yield* write(
        task,
        1,
        `uid=${labelled(task, '/etc/passwd', uid)} gid=${labelled(task, '/etc/group', gid)} groups=${list}\n`,
      )
    }
    return 0
  },
}

function labelled(task: Task, file: '/etc/passwd' | '/etc/group', number: number): string {
  const name = nameOfId(task, file, number)
  return name === undefined ? String(number) : `${number}(${name})`
}

export const whoami: Program = {
  name: 'whoami',
  *run(task) {
    const name = nameOfId(task, '/etc/passwd', task.user.uid)
    if (name === undefined) throw new ProgramError(`unknown uid ${task.user.uid}`)
    yield* write(task, 1, `${name}\n`)
    return 0
  },
}
