// chmod and chown: mode and owner of files.

import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { ProgramError } from '../program-error.ts'
import type { Program } from '../program.ts'
import type { Task } from '../task.ts'
import { attempt } from './attempt.ts'
import { idOf } from './accounts.ts'
import { walkTree } from './tree.ts'

export const chmod: Program = {
  name: 'chmod',
  *run(task) {
    const words = task.argv.slice(1).filter((word) => word !== '-R' && word !== '--')
    const [mode, ...names] = words
    if (mode === undefined || names.length === 0) throw new ProgramError('missing operand')
    return yield* changeAll(task, names, (path) => {
      const node = task.files.node(path, task.user)
      task.files.change(path, { mode: changedMode(mode, node.mode, node.kind === 'directory') }, task.user)
    })
  },
}

export const chown: Program = {
  name: 'chown',
  *run(task) {
    const [owner, ...names] = task.argv.slice(1).filter((word) => word !== '-R' && word !== '--')
    if (owner === undefined || names.length === 0) throw new ProgramError('missing operand')
    const [, user = '', group] = /^([^:.]*)(?:[:.](.*))?$/.exec(owner) ?? []
    const own = {
      ...(user === '' ? {} : { uid: idOf(task, '/etc/passwd', user) }),
      ...(group ? { gid: idOf(task, '/etc/group', group) } : {}),
    }
    return yield* changeAll(task, names, (path) => task.files.change(path, own, task.user))
  },
}

function* changeAll(task: Task, names: readonly Bytes[], change: (path: Bytes) => void): Action<number> {
  const isDeep = task.argv.includes('-R')
  let status = 0
  for (const name of names) {
    const isDone = yield* attempt(task, name, () => {
      for (const path of isDeep ? walkTree(task, task.path(name)) : [task.path(name)]) change(path)
    })
    if (!isDone) status = 1
  }
  return status
}

/** Octal, or `u+x,go-w`. @throws ProgramError */
export function changedMode(text: Bytes, mode: number, isDirectory: boolean): number {
  if (/^[0-7]{1,4}$/.test(text)) return parseInt(text, 8)
  let changed = mode
  for (const clause of text.split(',')) {
    const found = /^([ugoa]*)([-+=])([rwxXst]*)$/.exec(clause)
    if (!found) throw new ProgramError(`invalid mode '${text}'`)
    const [, who = '', operator, letters = ''] = found
    const bits = bitsOf(who || 'a', letters.replace('X', isDirectory || (mode & 0o111) !== 0 ? 'x' : ''))
    if (operator === '+') changed |= bits
    else if (operator === '-') changed &= ~bits
    else changed = (changed & ~bitsOf(who || 'a', 'rwx')) | bits
  }
  return changed
}

function bitsOf(who: string, letters: string): number {
  const plain =
    (letters.includes('r') ? 4 : 0) | (letters.includes('w') ? 2 : 0) | (letters.includes('x') ? 1 : 0)
  const all = who.includes('a')
  let bits = 0
  if (all || who.includes('u')) bits |= (plain << 6) | (letters.includes('s') ? 0o4000 : 0)
  if (all || who.includes('g')) bits |= (plain << 3) | (letters.includes('s') ? 0o2000 : 0)
  if (all || who.includes('o')) bits |= plain
  return bits | (letters.includes('t') ? 0o1000 : 0)
}
