// A process from the inside: what its program can ask of the kernel.

import type { Process } from './process.ts'

/** A running process. */
export interface Task extends Process {
  readonly argv: readonly string[]
}
