// Waits for the Job of a distributed run, and reads the reports of its shards from the logs of its Pods.

import type { Cluster, KubeObject } from '../../cluster/cluster.ts'
import { EnvironmentProblem } from '../../cluster/environment-problem.ts'
import { isTrue } from '../../pod/conditions.ts'
import type { Pod } from '../../pod/json.ts'
import { podSummary } from '../../pod/summary.ts'
import { reportInLines } from '../../report/report-lines.ts'
import type { RunReport } from '../../report/run-report.ts'
import { formatDuration } from '../../time/duration.ts'
import { Latch } from '../../time/latch.ts'

export interface JobToCollect {
  /** Of the Job and of its namespace. */
  readonly name: string
  readonly shards: number
  readonly deadlineMs: number
  readonly onProgress: (text: string) => void
}

/** What the Pods of a Job have reported. */
export interface Collected {
  readonly reports: readonly RunReport[]
  /** Shards without a report, from 1 on, each with the end of its log. */
  readonly missing: readonly { readonly shard: number; readonly why: string }[]
}

/** The label by which the Job controller marks its Pods, and that with their index (batch/v1: JobNameLabel, JobCompletionIndexAnnotation). */
const JOB_LABEL = 'batch.kubernetes.io/job-name'
const INDEX_LABEL = 'batch.kubernetes.io/job-completion-index'
/** What a Pod shows that will not start by itself. */
const STUCK =
  /^(?:Init:)?(?:CreateContainerConfigError|CreateContainerError|ErrImageNeverPull|ImagePullBackOff|InvalidImageName)$/
/** A log that is asked for when its Pod has ended is there at once. */
const LOG_MS = 30_000
const LAST_LINES = 10

/** Throws EnvironmentProblem if a Pod cannot start, or the Job does not end in time. */
export async function collect(cluster: Cluster, job: JobToCollect): Promise<Collected> {
  const run = new JobRun(cluster, job)
  try {
    await run.end()
    return await run.reports()
  } finally {
    run.close()
  }
}

class JobRun {
  readonly #cluster: Cluster
  readonly #job: JobToCollect
  readonly #hasEnded = new Latch()
  readonly #pods = new Map<string, Pod>()
  readonly #stops: readonly (() => void)[]
  #said = ''

  constructor(cluster: Cluster, job: JobToCollect) {
    this.#cluster = cluster
    this.#job = job
    const { name } = job
    const watches = [
      cluster.watch(
        `/apis/batch/v1/namespaces/${name}/jobs`,
        { fieldSelector: `metadata.name=${name}` },
        ({ type, object }) => type === 'MODIFIED' && this.#jobIs(object),
      ),
      cluster.watch(
        `/api/v1/namespaces/${name}/pods`,
        { labelSelector: `${JOB_LABEL}=${name}` },
        ({ type, object }) => type !== 'GAP' && type !== 'DELETED' && this.#podIs(object),
      ),
    ]
    this.#stops = watches.map((watch) => () => watch.stop())
  }

  close(): void {
    for (const stop of this.#stops) stop()
  }

  async end(): Promise<void> {
    const { clock } = this.#cluster
    const { deadlineMs, name } = this.#job
    await clock.pass(this.#hasEnded, clock.now() + deadlineMs)
    const stuck = [...this.#pods.values()].find((pod) => STUCK.test(podSummary(pod).status))
    if (stuck) throw cannotStart(stuck)
    if (this.#hasEnded.isSettled) return
    throw new EnvironmentProblem(
      `the Job ${name} has not ended after ${formatDuration(deadlineMs)}: ${this.#rows().join(', ') || 'it has no Pod'}`,
      `kubectl describe job,pods --namespace ${name}\nor give it more time: --deadline 2h`,
    )
  }

  async reports(): Promise<Collected> {
    const found: RunReport[] = []
    const missing: { shard: number; why: string }[] = []
    for (let index = 0; index < this.#job.shards; index++) {
      const lines = await this.#linesOf(index)
      const report = reportInLines(lines)
      if (report) found.push(report)
      else
        missing.push({
          shard: index + 1,
          why: lines.slice(-LAST_LINES).join('\n') || 'it has no Pod, or no log',
        })
    }
    return { reports: found, missing }
  }

  /** The logs of all Pods of an index, the first that was tried first. */
  async #linesOf(index: number): Promise<readonly string[]> {
    const { clock } = this.#cluster
    const pods = [...this.#pods.values()].filter(
      ({ metadata }) => metadata?.labels?.[INDEX_LABEL] === String(index),
    )
    const lines: string[] = []
    for (const { metadata } of pods.toSorted(byCreation)) {
      const target = { namespace: this.#job.name, pod: metadata?.name ?? '', container: 'podproof' }
      const log = this.#cluster.logs(target, {}, ({ text }) => void lines.push(text))
      await clock.pass(log.end, clock.now() + LOG_MS)
      log.stop()
      if (log.failure) lines.push(log.failure.message)
    }
    return lines
  }

  #jobIs(job: KubeObject): void {
    const { status = {} } = job as JobObject
    const ended = ['Complete', 'Failed'].some((type) => isTrue({ status }, type))
    const { active = 0, failed = 0, succeeded = 0 } = status
    this.#say(`${succeeded + failed} of ${this.#job.shards} shards have ended, ${active} run`)
    if (ended) this.#hasEnded.settle()
  }

  #podIs(object: KubeObject): void {
    const pod = object as Pod
    this.#pods.set(object.metadata.name, pod)
    if (STUCK.test(podSummary(pod).status)) this.#hasEnded.settle()
  }

  #rows(): string[] {
    return [...this.#pods.entries()].map(([name, pod]) => `${name} ${podSummary(pod).status}`)
  }

  #say(text: string): void {
    if (text !== this.#said) this.#job.onProgress(text)
    this.#said = text
  }
}

interface JobObject extends KubeObject {
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[]
    readonly active?: number
    readonly failed?: number
    readonly succeeded?: number
  }
}

function cannotStart(pod: Pod): EnvironmentProblem {
  const { status } = podSummary(pod)
  const waiting = pod.status?.containerStatuses?.find(({ state }) => state?.waiting)?.state?.waiting
  return new EnvironmentProblem(
    `the Pod ${pod.metadata?.name} cannot start: ${status}${waiting?.message ? `: ${waiting.message}` : ''}`,
    `kubectl describe pod --namespace ${pod.metadata?.namespace} ${pod.metadata?.name}\nthe image of podproof has to be where the nodes can pull it: --image`,
  )
}

function byCreation(a: Pod, b: Pod): number {
  return Date.parse(a.metadata?.creationTimestamp ?? '') - Date.parse(b.metadata?.creationTimestamp ?? '')
}
