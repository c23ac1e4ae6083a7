// cat: files one after the other.

import { read, write } from '../io.ts'
import { READ } from '../open.ts'
import type { Program } from '../program.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'
import type { Action } from '../effects.ts'

export const cat: Program = {
  name: 'cat',
  *run(task) {
    const names = task.argv.slice(1).filter((word) => !/^-[uv]+$/.test(word))
    let status = 0
    for (const name of names.length > 0 ? names : ['-']) if (!(yield* copy(task, name))) status = 1
    return status
  },
}

function* copy(task: Task, name: string): Action<boolean> {
  try {
    const descriptor = name === '-' ? 0 : task.open(name, READ)
    for (let bytes = yield* read(task, descriptor); bytes !== ''; bytes = yield* read(task, descriptor)) {
      yield* write(task, 1, bytes)
    }
    if (descriptor !== 0) task.descriptors.close(descriptor)
    return true
  } catch (error) {
    if (!(error instanceof SystemError) || error.code === 'EPIPE') throw error
    const isRead = error.code === 'EISDIR'
    yield* write(
      task,
      2,
      isRead ? `cat: read error: ${error.text}\n` : `cat: can't open '${name}': ${error.text}\n`,
    )
    return false
  }
}
