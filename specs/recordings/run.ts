// Records every scenario of the reference recordings on the simulator and lets the judge compare them:
//   node --import=tsx specs/recordings/run.ts [--only NAME,NAME] [--jobs N] [--verbose] [--seed SEED]
// Exit status: the judge's (0 when every recording agrees in every part).

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { recordedNode } from '../../src/cluster/recorded-node.ts'
import { simulatorCluster } from '../../src/cluster/simulator.ts'
import { recordFiles } from '../../src/scenario/record-files.ts'
import { kubectl136, whyNoKubectl } from '../support/kubectl.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const shared = join(root, '..', 'shared')
const folder = join(root, '.cache', 'recordings')

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    jobs: { type: 'string', default: '3' },
    seed: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
})

const reference = join(shared, 'recordings')
if (!existsSync(reference)) throw new Error('the reference recordings lie in ../shared, which is not here')
const kubectlFile = kubectl136()
if (kubectlFile === undefined) throw new Error(whyNoKubectl())

const wanted = values.only?.split(',')
const files = readdirSync(reference)
  .filter((file) => /^[^.]+\.json$/.test(file) && (!wanted || wanted.includes(file.replace('.json', ''))))
  .map((file) => join(reference, file))

if (!wanted) rmSync(folder, { recursive: true, force: true })
const startedAtMs = performance.now()
await recordFiles({
  files,
  folder,
  clusterFor: ({ name }) =>
    simulatorCluster({ ...recordedNode(), seed: values.seed ?? name }, { tls: false }),
  kubectlFile,
  concurrency: Number(values.jobs),
  onDone: ({ file, recording, error }) => {
    if (recording === undefined) console.error(`${file}: ${error instanceof Error ? error.stack : String(error)}`)
  },
})
console.error(`${files.length} scenarios in ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s`)

const judge = join(shared, 'tools', 'score-recordings.mjs')
const only = values.only === undefined ? [] : ['--only', values.only]
const verbose = values.verbose ? ['--verbose'] : []
const { status } = spawnSync(process.execPath, [judge, reference, folder, ...only, ...verbose], { stdio: 'inherit' })
process.exitCode = status ?? 2
