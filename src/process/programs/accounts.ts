// Users and groups by name, from /etc/passwd and /etc/group.

import type { Bytes } from '../bytes.ts'
import { ProgramError } from '../program-error.ts'
import type { Task } from '../task.ts'

/** The name of a uid or gid; undefined if the file has none. */
export function nameOfId(task: Task, file: '/etc/passwd' | '/etc/group', id: number): Bytes | undefined {
  return entries(task, file).find((entry) => entry[2] === String(id))?.[0]
}

/** The id of a name or number. @throws ProgramError */
export function idOf(task: Task, file: '/etc/passwd' | '/etc/group', name: Bytes): number {
  const entry = entries(task, file).find((candidate) => candidate[0] === name)
  if (entry) return Number(entry[2])
  if (/^\d+$/.test(name)) return Number(name)
  throw new ProgramError(`unknown ${file === '/etc/passwd' ? 'user' : 'group'} ${name}`)
}

function entries(task: Task, file: string): readonly (readonly Bytes[])[] {
  if (!task.files.exists(file)) return []
  return task.files
    .read(file)
    .split('\n')
    .map((line) => line.split(':'))
}
