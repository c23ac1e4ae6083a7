// The kubectl of the host: the one that was named, or the first in PATH.

import { accessSync, constants } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { UsageError } from './usage-error.ts'

/** The file of kubectl. Throws a UsageError if there is none. */
export function findKubectl(named: string | undefined): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const candidates = named === undefined ? folders.map((folder) => join(folder, 'kubectl')) : [resolve(named)]
  const found = candidates.find(isExecutable)
  if (found === undefined)
    throw new UsageError(
      named === undefined
        ? 'there is no kubectl in PATH; name one with --kubectl'
        : `${named} is not executable`,
    )
  return found
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
