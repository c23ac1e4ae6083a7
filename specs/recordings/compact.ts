// Makes the compact copies anew from the recordings that lie beside the repository:
//   node --import=tsx specs/recordings/compact.ts

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readRecording } from '../../src/history/recording.ts'
import { compactPods } from './compact-recording.ts'
import type { CompactRecording } from './compact-recording.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const recordings = join(root, '..', 'shared', 'recordings')
const folder = join(root, 'specs', 'recordings', 'compact')

interface Recorded {
  readonly name: string
  readonly scenario: unknown
  readonly endedAt: number
}

function read(file: string): Recorded {
  return JSON.parse(readFileSync(join(recordings, file), 'utf8')) as Recorded
}

mkdirSync(folder, { recursive: true })
const files = readdirSync(recordings)
for (const file of files.filter((name) => /^[^.]+\.json$/.test(name))) {
  const { name, scenario } = read(file)
  const runs = files.filter(
    (other) => other === file || (/^\.\d\.json$/.test(other.slice(name.length)) && other.startsWith(name)),
  )
  const compact: CompactRecording = {
    name,
    source: 'recorded on Kubernetes v1.36.2, 2026-11-22',
    scenario,
    runs: runs
      .toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))
      .map((run) => {
        const recorded = read(run)
        return { pods: compactPods(readRecording(recorded)), endedAtMs: recorded.endedAt }
      }),
  }
  writeFileSync(join(folder, file), `${JSON.stringify(compact)}\n`)
}
