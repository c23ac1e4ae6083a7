// A program: a name, and what its processes do.

import type { Action } from './effects.ts'
import type { Task } from './task.ts'

/**
 * What an executable file runs. `run` is called at the start of a process and answers its exit status. It never sees
 * a Kubernetes object: `task` is all that it knows, as system calls are all that a real program knows.
 */
export interface Program {
  readonly name: string
  readonly run: (task: Task) => Action<number>
  /** Memory that a process holds from its start, in bytes; half a megabyte if left out. */
  readonly residentBytes?: number
}
