// The specs that a command line names.

import { matchingFiles } from '../mocha/glob.ts'
import { meant } from '../mocha/meant.ts'
import { UsageError } from './usage-error.ts'

/** The files that the patterns name, each once, in the order of the patterns. Throws UsageError for one that names none. */
export function specFiles(patterns: readonly string[]): readonly string[] {
  const files = patterns.flatMap((pattern) => {
    const found = matchingFiles(pattern, process.cwd())
    if (found.length > 0) return found
    const candidate = meant(pattern, matchingFiles('**/*.spec.{ts,js}', process.cwd()))
    throw new UsageError(
      `no spec is named by ${pattern}${candidate === undefined ? '' : `; did you mean ${candidate}?`}`,
    )
  })
  return [...new Set(files)]
}
