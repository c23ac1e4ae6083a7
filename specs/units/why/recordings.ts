// The recordings of the real cluster, which lie beside the repository, as histories.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { History } from '../../../src/history/history.ts'
import { readRecording } from '../../../src/history/recording.ts'

const folder = new URL('../../../../shared/recordings/', import.meta.url)

/** Whether they are there; specs that need them are skipped otherwise. */
export const hasRecordings = existsSync(folder)

/** The names of all recordings. */
export function recordingNames(): string[] {
  if (!hasRecordings) return []
  return readdirSync(folder).flatMap((file) =>
    file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : [],
  )
}

export function recording(name: string): History {
  return readRecording(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')))
}
