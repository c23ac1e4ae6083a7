// Sweeps a cluster, and says of each thing that it found what became of it.

import { fitCluster } from '../cluster/fit-cluster.ts'
import { sweepContainers } from '../cluster/sweep-containers.ts'
import { sweepNamespaces } from '../cluster/sweep.ts'
import { formatDuration, parseDuration } from '../time/duration.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import type { SweepCommandOptions } from './sweep.ts'
import { UsageError } from './usage-error.ts'

/** Throws UsageError and EnvironmentProblem. */
export async function runSweep(options: SweepCommandOptions): Promise<ExitCode> {
  const olderThanMs = durationOf(options.olderThan)
  const [, kind, context] = /^([^:]*)(?::(.*))?$/.exec(options.cluster) ?? []
  if (kind === 'k3s') await containers()
  else if (kind === 'kubeconfig') await namespaces(options, context, olderThanMs)
  else throw new UsageError(`--cluster ${options.cluster}: there is something to sweep on kubeconfig and k3s`)
  return EXIT.held
}

async function namespaces(
  { allowContext = [] }: SweepCommandOptions,
  context: string | undefined,
  olderThanMs: number,
): Promise<void> {
  const cluster = await fitCluster({
    ...(context !== undefined && { context }),
    allowedContexts: allowContext,
  })
  try {
    const swept = await sweepNamespaces(cluster, { olderThanMs })
    if (swept.length === 0) console.log(`nothing of podproof is left on ${cluster.name}`)
    for (const { name, title, ageMs, outcome } of swept)
      console.log(`${outcome.padEnd(8)}${name}  ${formatDuration(ageMs)} old  ${title}`)
  } finally {
    await cluster.close()
  }
}

async function containers(): Promise<void> {
  const swept = await sweepContainers()
  if (swept.length === 0) console.log('no container of podproof is left')
  for (const { name, outcome } of swept) console.log(`${outcome.padEnd(8)}${name}`)
}

function durationOf(text: string): number {
  try {
    return parseDuration(text)
  } catch {
    throw new UsageError(`--older-than ${text}: expected a duration such as 30s or 1h`)
  }
}
