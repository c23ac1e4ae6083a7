// Doing something to one file after the other: what fails is told, the rest is done.

import type { Action } from '../effects.ts'
import { write } from '../io.ts'
import { SystemError } from '../system-error.ts'
import type { Task } from '../task.ts'

/** Does `body`; a refused call is printed as `NAME: subject: reason`. Answers whether it went well. */
export function* attempt(task: Task, subject: string, body: () => void): Action<boolean> {
  try {
    body()
    return true
  } catch (error) {
    if (!(error instanceof SystemError)) throw error
    yield* write(task, 2, `${task.program.name}: ${subject}: ${error.text}\n`)
    return false
  }
}
