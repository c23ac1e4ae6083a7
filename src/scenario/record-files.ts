// Records many scenarios, each on a cluster of its own, and writes each recording to a file.

import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Cluster } from '../cluster/cluster.ts'
import { recordingText, writeRecording } from '../history/write-recording.ts'
import { writeFileAtomically } from '../report/atomic-write.ts'
import { readScenario } from './read-scenario.ts'
import { record } from './record.ts'
import type { Scenario } from './scenario.ts'

export interface RecordFilesOptions {
  /** Scenarios: YAML, JSON, or whole recordings. */
  readonly files: readonly string[]
  /** The folder of the recordings, `<name>.json` each; made if it is missing. */
  readonly folder: string
  /** Makes the cluster on which a scenario is run; it is closed afterwards. */
  readonly clusterFor: (scenario: Scenario) => Cluster | Promise<Cluster>
  readonly kubectlFile: string
  /** How many scenarios are under way at once; kubectl keeps processors busy, we do not. */
  readonly concurrency: number
  /** Told of each file as it is done. */
  readonly onDone: (outcome: RecordOutcome) => void
}

/** What became of one scenario. */
export interface RecordOutcome {
  readonly file: string
  /** The recording's file; undefined if `error` says why there is none. */
  readonly recording?: string
  readonly error?: unknown
}

/** Records all of them, in order as far as they do not overlap. One that fails does not keep the others. */
export async function recordFiles(options: RecordFilesOptions): Promise<void> {
  mkdirSync(options.folder, { recursive: true })
  const rest = [...options.files]
  const worker = async () => {
    for (let file = rest.shift(); file !== undefined; file = rest.shift())
      options.onDone(await outcomeOf(file, options))
  }
  await Promise.all(Array.from({ length: options.concurrency }, worker))
}

async function outcomeOf(file: string, options: RecordFilesOptions): Promise<RecordOutcome> {
  try {
    return { file, recording: await recordFile(file, options) }
  } catch (error) {
    return { file, error }
  }
}

async function recordFile(
  file: string,
  { folder, clusterFor, kubectlFile }: RecordFilesOptions,
): Promise<string> {
  const { scenario, source } = readScenario(readFileSync(file, 'utf8'), file)
  const cluster = await clusterFor(scenario)
  try {
    const history = await record(scenario, { cluster, kubectlFile, source })
    const recording = join(folder, `${scenario.name}.json`)
    writeFileAtomically(recording, recordingText(writeRecording(history)))
    return recording
  } finally {
    await cluster.close()
  }
}
