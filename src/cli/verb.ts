// What a file in this folder provides: one verb of the command line.

import type { Command } from 'commander'

export interface Verb {
  readonly name: string
  /**
   * Says what the verb takes and does. What only its running needs is imported inside of its action, so that `podproof --help`
   * answers at once.
   */
  declare(command: Command): void
}
