// Records the scenarios of a command line.

import type { Cluster } from '../cluster/cluster.ts'
import { kubeconfigCluster } from '../cluster/kubeconfig.ts'
import { recordedNode } from '../cluster/recorded-node.ts'
import { simulatorCluster } from '../cluster/simulator.ts'
import { recordFiles } from '../scenario/record-files.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { findKubectl } from './find-kubectl.ts'
import type { RecordOptions } from './record.ts'
import { UsageError } from './usage-error.ts'

/** Writes a recording of each scenario, and a line about each. Throws UsageError. */
export async function runRecord(files: readonly string[], options: RecordOptions): Promise<ExitCode> {
  const kubectlFile = findKubectl(options.kubectl)
  const concurrency = Number(options.jobs)
  if (!Number.isInteger(concurrency) || concurrency < 1)
    throw new UsageError(`--jobs ${options.jobs} is no number of jobs`)
  const clusterFor = clustersOf(options)
  let failures = 0
  await recordFiles({
    files,
    folder: options.output,
    clusterFor,
    kubectlFile,
    concurrency,
    onDone: ({ file, recording, error }) => {
      if (recording === undefined) failures++
      console.log(recording === undefined ? `${file}: ${messageOf(error)}` : recording)
    },
  })
  return failures > 0 ? EXIT.environment : EXIT.held
}

function clustersOf({ cluster, seed }: RecordOptions): (scenario: Scenario) => Cluster | Promise<Cluster> {
  if (cluster === 'simulator')
    return ({ name }) => simulatorCluster({ ...recordedNode(), seed: seed ?? name }, { tls: false })
  if (cluster === 'kubeconfig') return () => kubeconfigCluster()
  throw new UsageError(`--cluster ${cluster} is neither simulator nor kubeconfig`)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
