// Runs a scenario on a cluster and writes down everything that happened.

import type { Cluster, Streaming } from '../cluster/cluster.ts'
import { isSuccess, statusOf, StatusError } from '../cluster/status-error.ts'
import { followLogs } from '../expect/follow-logs.ts'
import { clusterFacts, serviceAccountIn } from '../expect/open-session.ts'
import { History } from '../history/history.ts'
import { Terminal } from '../terminal/terminal.ts'
import { elapse } from '../time/elapse.ts'
import { Latch } from '../time/latch.ts'
import { waitFor } from './condition.ts'
import type { Scenario, Step } from './scenario.ts'
import { startStep } from './step.ts'
import type { StartedStep } from './step.ts'

/** A row that a step waits for is given up after so long, unless the step says otherwise. */
const WHEN_TIMEOUT_SECONDS = 90

export interface RecordOptions {
  readonly cluster: Cluster
  /** The host's kubectl. */
  readonly kubectlFile: string
  /** The scenario as it was written, to be kept in the recording. */
  readonly source?: unknown
}

/**
 * Runs `scenario` in a fresh namespace, which is removed at the end, and answers its history. On a cluster whose clock
 * can be owned, time moves only while every kubectl waits, so that the host's speed does not show in the recording.
 */
export async function record(scenario: Scenario, options: RecordOptions): Promise<History> {
  const { cluster } = options
  // First of all, so that no time goes by while the port is opened.
  const owner = cluster.own?.()
  const kubeConfig = await cluster.kubeConfig()
  const namespace = await createNamespace(cluster, `t-${scenario.name}`)
  const terminal = new Terminal({
    ...options,
    clock: cluster.clock,
    kubeConfig,
    namespace,
    owner,
    env: { NS: namespace },
  })
  try {
    const history = new History({
      name: scenario.name,
      description: scenario.description,
      cluster: await clusterFacts(cluster),
      namespace,
      startedAtMs: cluster.clock.now(),
      scenario: options.source ?? scenario,
    })
    await new Recorder(scenario, { cluster, terminal, history }).run()
    return history
  } finally {
    terminal.close()
    owner?.release()
    await cluster.request('DELETE', `/api/v1/namespaces/${namespace}`)
  }
}

async function createNamespace(cluster: Cluster, name: string): Promise<string> {
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }
  const response = await cluster.request('POST', '/api/v1/namespaces', body)
  if (!isSuccess(response)) throw new StatusError(`creating namespace ${name}`, statusOf(response))
  await serviceAccountIn(cluster, name)
  return name
}

interface Surroundings {
  readonly cluster: Cluster
  readonly terminal: Terminal
  readonly history: History
}

/** One run of one scenario. */
class Recorder {
  #scenario: Scenario
  #around: Surroundings
  #background = new Set<StartedStep>()

  constructor(scenario: Scenario, around: Surroundings) {
    this.#scenario = scenario
    this.#around = around
  }

  async run(): Promise<void> {
    const { history, cluster } = this.#around
    const watches = ['pods', 'events'].map((plural) => this.#watch(plural))
    const logs = followLogs(cluster, history)
    try {
      await this.#steps()
      await this.#untilEnd()
      await this.#pass(this.#scenario.tailSeconds)
      history.endAt(cluster.clock.now())
    } finally {
      for (const step of this.#background) step.stop()
      for (const watch of watches) watch.stop()
      logs.stop()
    }
  }

  get #deadlineMs(): number {
    return this.#around.history.facts.startedAtMs + this.#scenario.maxSeconds * 1000
  }

  #watch(plural: string): Streaming {
    const { cluster, history } = this.#around
    const path = `/api/v1/namespaces/${history.facts.namespace}/${plural}`
    return cluster.watch(path, {}, ({ type, object, atMs }) => {
      if (type === 'GAP') history.record({ entry: 'gap', atMs, message: `the watch of ${plural} had a gap` })
      else history.record({ entry: 'change', atMs, type, object })
    })
  }

  async #steps(): Promise<void> {
    const { manifest, steps } = this.#scenario
    const action = { is: 'kubectl', argv: ['create', '-f', '-'], stdin: manifest } as const
    await this.#step({ when: undefined, delaySeconds: 0, action, background: false })
    for (const step of steps) {
      await this.#waitFor({ timeout: WHEN_TIMEOUT_SECONDS, ...step.when }, step.when === undefined)
      await this.#pass(step.delaySeconds)
      await this.#step(step)
    }
  }

  async #waitFor(condition: NonNullable<Step['when']>, isNothing: boolean): Promise<void> {
    const { history, cluster } = this.#around
    if (!isNothing) await waitFor(condition, { history, clock: cluster.clock, deadlineMs: Infinity })
  }

  async #step(step: Step): Promise<void> {
    const { cluster, history } = this.#around
    const atMs = cluster.clock.now()
    const started = startStep(step.action, this.#around)
    this.#background.add(started)
    started.end.onSettle(() => {
      this.#background.delete(started)
      history.record({
        entry: 'command',
        atMs,
        endMs: cluster.clock.now(),
        command: started.command,
        ...started.result(),
      })
    })
    if (!step.background) await cluster.clock.pass(started.end, atMs + LONGEST_STEP_MS)
  }

  async #untilEnd(): Promise<void> {
    const { until } = this.#scenario
    const { history, cluster } = this.#around
    const { clock } = cluster
    if (until) await waitFor(until, { history, clock, deadlineMs: this.#deadlineMs })
    else await clock.pass(new Latch(), this.#deadlineMs)
  }

  async #pass(seconds: number): Promise<void> {
    const { clock } = this.#around.cluster
    await elapse(clock, seconds * 1000)
  }
}

/** A step that takes longer has lost its cluster. */
const LONGEST_STEP_MS = 3_600_000
