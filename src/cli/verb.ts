// What a file in this folder provides: one verb of the command line.

import type { Command } from 'commander'
import type { ExitCode } from './exit-codes.ts'

export interface Verb {
  readonly name: string
  /**
   * Says what the verb takes and does. What only its running needs is imported inside of its action, so that `podproof --help`
   * answers at once. An action tells `end` how it came out, or throws; a UsageError is told without its stack.
   */
  declare(command: Command, end: (code: ExitCode) => void): void
}
