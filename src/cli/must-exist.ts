// Files that a command line names and that have to be there before anything begins.

import { statSync } from 'node:fs'
import { UsageError } from './usage-error.ts'

/** Throws UsageError for the first that is no file. */
export function mustExist(files: readonly string[]): void {
  for (const file of files) {
    const stat = statSync(file, { throwIfNoEntry: false })
    if (!stat) throw new UsageError(`${file} does not exist`)
    if (stat.isDirectory()) throw new UsageError(`${file} is a folder; expected a file`)
  }
}
