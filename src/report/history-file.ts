// The histories of tests as files: recordings, one a test, which `podproof compare` reads.

import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { History } from '../history/history.ts'
import { recordingText, writeRecording } from '../history/write-recording.ts'
import { writeFileAtomically } from './atomic-write.ts'
import type { TestReport } from './run-report.ts'

type TestKey = Pick<TestReport, 'file' | 'title'>

/** So much of a title is in a file's name; what tells it from all others comes after. */
const LONGEST_TITLE = 60
const HASH_DIGITS = 8

/** Writes the history of a test under its name in `folder`. */
export function writeHistory(folder: string, key: TestKey, history: History): void {
  writeFileAtomically(join(folder, historyFile(key)), recordingText(writeRecording(history)))
}

/** The name of a test's file, the same on every cluster: `hooks-of-a-running-nginx-is-deleted.1f0c3a9b.json`. */
export function historyFile(key: TestKey): string {
  const words = [key.file.replace(/^.*\/|\..*$/g, ''), ...key.title].join(' ').toLowerCase()
  const title = words
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_TITLE)
    .replace(/-$/, '')
  const hash = createHash('sha256')
    .update(JSON.stringify([key.file, ...key.title]))
    .digest('hex')
    .slice(0, HASH_DIGITS)
  return `${title}.${hash}.json`
}
