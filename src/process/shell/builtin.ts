// A command that the shell does itself.

import type { Bytes } from '../bytes.ts'
import type { Action } from '../effects.ts'
import type { Dialect, Shell } from './shell.ts'

/** A builtin. `fields` begins with its name; what it answers becomes `$?`. */
export interface Builtin {
  readonly name: string
  /** Special (POSIX): found before functions, and its assignments stay. */
  readonly isSpecial?: boolean
  /** The only dialect that has it. */
  readonly dialect?: Dialect
  readonly run: (shell: Shell, fields: readonly Bytes[]) => number | Action<number>
}
