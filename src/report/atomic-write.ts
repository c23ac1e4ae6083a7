// Writes a file so that nobody ever sees half of it.

import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * Writes `text`, whole or in pieces, beside the target and renames it into place, making folders as needed. It does so in one go: a signal that has a
 * handler is only seen before or after. What was at `path` stays if the writing fails.
 */
export function writeFileAtomically(path: string, text: string | Iterable<string>): void {
  const folder = dirname(path)
  const draft = join(folder, `.${basename(path)}.${process.pid}.draft`)
  mkdirSync(folder, { recursive: true })
  try {
    writePieces(draft, typeof text === 'string' ? [text] : text)
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

function writePieces(file: string, pieces: Iterable<string>): void {
  const descriptor = openSync(file, 'w')
  try {
    for (const piece of pieces) writeSync(descriptor, piece)
  } finally {
    closeSync(descriptor)
  }
}
