// Records the scenarios of a command line.

import type { Cluster } from '../cluster/cluster.ts'
import { kubeconfigCluster } from '../cluster/kubeconfig.ts'
import { recordedNode } from '../cluster/recorded-node.ts'
import { simulatorCluster } from '../cluster/simulator.ts'
import { recordFiles } from '../scenario/record-files.ts'
import { ScenarioError } from '../scenario/read-scenario.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { findKubectl } from './find-kubectl.ts'
import { mustExist } from './must-exist.ts'
import type { RecordOptions } from './record.ts'
import { UsageError } from './usage-error.ts'

/** Writes a recording of each scenario, and a line about each. Throws UsageError. */
export async function runRecord(files: readonly string[], options: RecordOptions): Promise<ExitCode> {
  mustExist(files)
  const kubectlFile = findKubectl(options.kubectl)
  const concurrency = Number(options.jobs)
  if (!Number.isInteger(concurrency) || concurrency < 1)
    throw new UsageError(`--jobs ${options.jobs} is no number of jobs`)
  const clusterFor = clustersOf(options)
  let worst: ExitCode = EXIT.held
  await recordFiles({
    files,
    folder: options.output,
    clusterFor,
    kubectlFile,
    concurrency,
    onDone: ({ file, recording, error }) => {
      if (recording === undefined) worst = Math.max(worst, exitCodeOf(error)) as ExitCode
      console.log(recording ?? named(file, error))
    },
  })
  return worst
}

function clustersOf({ cluster, seed }: RecordOptions): (scenario: Scenario) => Cluster | Promise<Cluster> {
  if (cluster === 'simulator')
    return ({ name }) => simulatorCluster({ ...recordedNode(), seed: seed ?? name }, { tls: false })
  if (cluster === 'kubeconfig') return () => kubeconfigCluster()
  throw new UsageError(`--cluster ${cluster} is neither simulator nor kubeconfig`)
}

/** What is wrong with a scenario is the user's to correct; all else is the cluster's. */
function exitCodeOf(error: unknown): ExitCode {
  return error instanceof ScenarioError ? EXIT.usage : EXIT.environment
}

/** The error after the name of its file, which a ScenarioError says itself. */
function named(file: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return error instanceof ScenarioError ? message : `${file}: ${message}`
}
