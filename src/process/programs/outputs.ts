// Files that a program writes.

import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import { write } from '../io.ts'
import type { OpenFlags } from '../open.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'

/** Opens a file for writing; what cannot be opened is told, and is undefined. */
export function* openOutput(task: Task, name: Bytes, flags: OpenFlags): Action<number | undefined> {
  try {
    return task.open(name, flags)
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    yield* write(task, 2, `${task.program.name}: ${name}: ${error.text}\n`)
    return undefined
  }
}
