// A process as its owner sees it: what to run, and what became of it.

import type { Bytes } from './bytes.ts'
import type { FileSystem } from './files.ts'
import type { MemoryGroup } from './memory.ts'
import type { Pipe } from './pipe.ts'
import type { SignalName } from './signals.ts'
import type { User } from './user.ts'

/** Takes what a process writes, inside the write, with its instant. */
export type Output = (bytes: Bytes, atMs: number) => void

/** What to run, and how it is connected. Texts are JavaScript text; they become UTF-8 at the door. */
export interface ProcessSpec {
  /** The executable (searched in the PATH of `env` unless it holds a slash) and its arguments. */
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Working directory; `/` if left out. */
  readonly cwd?: string
  /** Root if left out. */
  readonly user?: User
  /** What the process reads; /dev/null if left out. The owner pushes and ends it. */
  readonly stdin?: Pipe
  /** /dev/null if left out. */
  readonly stdout?: Output
  /** /dev/null if left out. With `tty` everything goes to `stdout`. */
  readonly stderr?: Output
  /** Connects all three to one terminal: input is echoed, ^C is a signal, newlines become CR LF. */
  readonly tty?: boolean
  /** The root file system, if it is not the table's (containers that share one process namespace). */
  readonly files?: FileSystem
  /** The memory that the process shares with others, if it is not the table's. */
  readonly memory?: MemoryGroup
}

/** How a process ended. */
export interface Exit {
  /** Exit status, or 128 + the signal's number. */
  readonly code: number
  /** The signal that killed it. */
  readonly signal?: SignalName
  readonly atMs: number
  /** Whether the kernel killed it because its memory group had reached its limit. */
  readonly isOutOfMemory: boolean
}

/** A process that was started, as a handle for its owner. */
export interface Process {
  readonly pid: number
  /** How it ended; undefined while it runs. */
  readonly exit: Exit | undefined
  /** Calls `listener` at the instant of the end (at once if it has ended). */
  onExit(listener: (exit: Exit) => void): void
  /** Whether it is suspended by nothing but the clock (so that a waiting client may let time leap). */
  readonly isSleeping: boolean
  /** Whether it waits for bytes that its owner has to push to `stdin`. */
  readonly isReadingStdin: boolean
}
