// Distributes the suite of a command line: prints what a cluster needs for it, or runs it there and collects the report.

import { writeFileSync } from 'node:fs'
import { stringify } from 'yaml'
import type { Cluster, KubeObject } from '../cluster/cluster.ts'
import { EnvironmentProblem } from '../cluster/environment-problem.ts'
import { fitCluster } from '../cluster/fit-cluster.ts'
import type { ManifestObject } from '../cluster/manifest.ts'
import { loadConfig } from '../mocha/load-config.ts'
import { onInterrupt } from '../mocha/interrupt.ts'
import { settingsOf } from '../mocha/settings.ts'
import { coloursOf } from '../report/colours.ts'
import { mergeReports } from '../report/merge-reports.ts'
import { summaryText } from '../report/summary.ts'
import { terminalTiming } from '../report/terminal.ts'
import { writeReports } from '../report/write-reports.ts'
import { parseDuration } from '../time/duration.ts'
import { hostSecret } from '../time/host.ts'
import type { DistributeOptions } from './distribute.ts'
import { collect } from './distributed/collect.ts'
import type { Collected } from './distributed/collect.ts'
import { createObjects } from './distributed/create-objects.ts'
import { jobManifests } from './distributed/job-manifests.ts'
import type { DistributedJob } from './distributed/job-manifests.ts'
import { LAST_REPORT, lastReport } from './distributed/last-report.ts'
import { projectFiles } from './distributed/project-files.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { specFiles } from './spec-files.ts'
import { UsageError } from './usage-error.ts'

/** Where the container finds the project, if its image does not have it. */
const PROJECT = '/project'
/** How client-node calls the context of a Pod's service account: it is the cluster that was looked at before. */
const OWN_CONTEXT = 'inClusterContext'

/** Throws UsageError, ConfigError and EnvironmentProblem. */
export async function runDistribute(specs: readonly string[], options: DistributeOptions): Promise<ExitCode> {
  const settings = settingsOf(await loadConfig(process.cwd()))
  const job = jobOf(specs.length > 0 ? specs : settings.specs, options, settings.reportsFolder)
  const manifests = jobManifests(job)
  if (options.output !== undefined) return print(manifests, options.output)
  const cluster = await fitCluster(targetOf(options))
  try {
    const collected = await runOn(cluster, job, manifests, options)
    return conclude(collected, options.reports ?? settings.reportsFolder)
  } finally {
    await cluster.close()
  }
}

function jobOf(specs: readonly string[], options: DistributeOptions, reportsFolder: string): DistributedJob {
  const { command, deadline, image, include = [], on, seed, timeout, workdir } = options
  const shards = Number(options.shards)
  if (!Number.isInteger(shards) || shards < 1)
    throw new UsageError(`--shards ${options.shards}: expected a number of Pods`)
  if (!['kubeconfig', 'simulator'].includes(on))
    throw new UsageError(`--on ${on}: expected kubeconfig or simulator`)
  const isSent = workdir === undefined
  const files = isSent ? specFiles(specs) : specs
  const last = isSent ? lastReport(reportsFolder, on) : undefined
  const args = [
    'test',
    ...files,
    ...Object.entries({ cluster: on, shard: `job/${shards}`, reports: '/tmp/reports' }).flatMap(
      ([name, value]) => [`--${name}`, value],
    ),
    '--report-log',
    ...(on === 'kubeconfig' ? ['--allow-context', OWN_CONTEXT] : []),
    ...(last ? ['--shard-by', LAST_REPORT] : []),
    ...(seed === undefined ? [] : ['--seed', seed]),
    ...(timeout === undefined ? [] : ['--timeout', timeout]),
  ]
  return {
    name: options.namespace ?? `podproof-${hostSecret(4)}`,
    image,
    shards,
    run: command === undefined ? { args } : { command: ['sh', '-c', command] },
    files: isSent ? [...projectFiles(files, include, process.cwd()), ...(last ? [last] : [])] : [],
    workingDir: workdir ?? PROJECT,
    deadlineSeconds: durationOf(deadline) / 1_000,
  }
}

function print(manifests: readonly ManifestObject[], file: string): ExitCode {
  const text = manifests.map((object) => stringify(object, { aliasDuplicateObjects: false })).join('---\n')
  if (file === '-') process.stdout.write(text)
  else writeFileSync(file, text)
  return EXIT.held
}

function targetOf({ allowContext = [], cluster }: DistributeOptions) {
  const [, kind, context] = /^([^:]*)(?::(.*))?$/.exec(cluster) ?? []
  if (kind !== 'kubeconfig')
    throw new UsageError(`--cluster ${cluster}: Jobs run on kubeconfig or kubeconfig:CONTEXT`)
  return { ...(context !== undefined && { context }), allowedContexts: allowContext }
}

/** Whatever becomes of it, the namespace goes, and with it everything else. */
async function runOn(
  cluster: Cluster,
  { name, shards, deadlineSeconds }: DistributedJob,
  manifests: readonly ManifestObject[],
  { keep }: DistributeOptions,
): Promise<Collected> {
  const onProgress = (text: string) => process.stderr.write(`${text}\n`)
  let namespace: KubeObject | undefined
  const remove = async () => {
    if (namespace && !keep) await removeNamespace(cluster, namespace)
  }
  onInterrupt(remove, () => `namespace ${name} of ${cluster.name}, which podproof sweep removes`)
  try {
    await createObjects(cluster, manifests, (made) => (namespace = made))
    onProgress(`the Job ${name} runs in the namespace of its name on ${cluster.name}`)
    return await collect(cluster, { name, shards, deadlineMs: deadlineSeconds * 1_000, onProgress })
  } finally {
    await remove()
  }
}

/** By name and uid: what somebody made anew under the name is not ours. */
async function removeNamespace(cluster: Cluster, { metadata: { name, uid } }: KubeObject): Promise<void> {
  const body = {
    kind: 'DeleteOptions',
    apiVersion: 'v1',
    ...(uid !== undefined && { preconditions: { uid } }),
  }
  await cluster.request('DELETE', `/api/v1/namespaces/${name}`, body)
}

/** A report that lacks a shard is no report: it could hide what failed. */
function conclude({ reports, missing }: Collected, folder: string): ExitCode {
  if (missing.length > 0) {
    const list = missing
      .map(({ shard, why }) => `shard ${shard}:\n${why.replaceAll(/^/gm, '    ')}`)
      .join('\n')
    throw new EnvironmentProblem(
      `${missing.length} of ${missing.length + reports.length} shards have brought no report`,
      `the ends of their logs:\n${list}`,
    )
  }
  const merged = mergeReports(reports)
  const timing = terminalTiming(merged, coloursOf(process.stdout))
  const files = writeReports(merged, folder, ['html', 'json', 'markdown'])
  console.log([timing, summaryText(merged), files.join('  ')].filter((part) => part !== '').join('\n'))
  return merged.tests.some(({ state }) => state === 'failed') ? EXIT.failed : EXIT.held
}

function durationOf(text: string): number {
  try {
    return parseDuration(text)
  } catch {
    throw new UsageError(`--deadline ${text}: expected a duration such as 30m or 2h`)
  }
}
