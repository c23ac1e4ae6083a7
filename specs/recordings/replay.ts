// Runs a scenario on a simulator in process, without kubectl: what its commands do to the cluster is done through the API.

import { simulatorCluster } from '../../src/cluster/simulator.ts'
import { apply } from '../../src/expect/actions/apply.ts'
import { deleteObject } from '../../src/expect/actions/delete.ts'
import { runToEnd } from '../../src/expect/actions/exec.ts'
import { patch } from '../../src/expect/actions/patch.ts'
import type { PatchOptions } from '../../src/expect/actions/patch.ts'
import { openSession } from '../../src/expect/open-session.ts'
import type { Session } from '../../src/expect/session.ts'
import type { History } from '../../src/history/history.ts'
import { waitFor } from '../../src/scenario/condition.ts'
import { readScenario } from '../../src/scenario/read-scenario.ts'
import type { Action, Scenario } from '../../src/scenario/scenario.ts'
import { Latch } from '../../src/time/latch.ts'

/** kubectl verbs that change nothing. */
const READING = ['describe', 'get', 'logs', 'rollout', 'wait']
const WHEN_TIMEOUT_SECONDS = 90
/** Until the recorded `kubectl create` had asked the server (recordings: 0.2 to 0.3 s). */
const CREATE_SECONDS = 0.2

/** Why a scenario cannot be run here; undefined if it can. */
export function whyNotInProcess({ steps }: Scenario): string | undefined {
  const foreign = steps.map(({ action }) => action).find((action) => !isKnown(action))
  if (!foreign) return undefined
  return foreign.is === 'kubectl' ? `kubectl ${foreign.argv.slice(0, 2).join(' ')}` : 'a shell line'
}

function isKnown(action: Action): boolean {
  if (action.is !== 'kubectl') return action.is === 'node'
  const [verb = '', what] = action.argv
  if (verb === 'create') return what === '-f'
  if (verb === 'delete') return what === 'pod' || what === 'po'
  return [...READING, 'exec', 'patch'].includes(verb)
}

/** The scenario of a compact recording. */
export function scenarioOf(name: string, scenario: unknown): Scenario {
  return readScenario(JSON.stringify({ name, scenario }), name).scenario
}

/** Runs the scenario to its end and answers what was seen. */
export async function replay(scenario: Scenario): Promise<History> {
  const cluster = simulatorCluster({ nodes: [{ name: 'node1' }], seed: scenario.name })
  const session = await openSession({ cluster, title: scenario.name })
  try {
    await new Replay(scenario, session).run()
    return session.history
  } finally {
    session.stop()
    await cluster.close()
  }
}

class Replay {
  readonly #scenario: Scenario
  readonly #session: Session

  constructor(scenario: Scenario, session: Session) {
    this.#scenario = scenario
    this.#session = session
  }

  async run(): Promise<void> {
    const { manifest, steps, until, tailSeconds, maxSeconds } = this.#scenario
    const { history, cluster } = this.#session
    const { clock } = cluster
    await this.#pass(CREATE_SECONDS)
    await apply(this.#session, manifest)
    for (const { when, delaySeconds, action } of steps) {
      const condition = when && { timeout: WHEN_TIMEOUT_SECONDS, ...when }
      if (condition) await waitFor(condition, { history, clock, deadlineMs: Infinity })
      await this.#pass(delaySeconds)
      await this.#act(action)
    }
    const deadlineMs = history.facts.startedAtMs + maxSeconds * 1_000
    if (until) await waitFor(until, { history, clock, deadlineMs })
    else await clock.pass(new Latch(), deadlineMs)
    await this.#pass(tailSeconds)
  }

  async #act(action: Action): Promise<void> {
    if (action.is === 'node') return this.#onNode(action)
    if (action.is !== 'kubectl') throw new Error(`${action.line}: a shell line needs kubectl`)
    const { argv, stdin = '' } = action
    const [verb] = argv
    if (verb === 'create') await apply(this.#session, stdin)
    if (verb === 'delete') await this.#delete(argv)
    if (verb === 'exec') await this.#exec(argv)
    if (verb === 'patch') await this.#patch(argv)
  }

  /** As kubectl does it, it waits until the object is gone. What the server refuses is a result like any other. */
  async #delete(argv: readonly string[]): Promise<void> {
    const [, , pod = ''] = argv
    const grace = argv.includes('--now') ? '1' : valueOf(argv, '--grace-period')
    const options = grace === undefined ? {} : { gracePeriodSeconds: Number(grace) }
    await deleteObject(this.#session, `pod/${pod}`, options).catch(() => {})
    if (valueOf(argv, '--wait') === 'false') return
    const { history, cluster } = this.#session
    await waitFor(
      { gone: pod, timeout: WHEN_TIMEOUT_SECONDS },
      { history, clock: cluster.clock, deadlineMs: Infinity },
    )
  }

  async #exec(argv: readonly string[]): Promise<void> {
    const [, pod = '', ...rest] = argv
    const command = rest.slice(rest.indexOf('--') + 1)
    const container = valueOf(rest, '-c')
    const target = { pod, ...(container !== undefined && { container }) }
    const deadlineMs = this.#session.cluster.clock.now() + WHEN_TIMEOUT_SECONDS * 1_000
    await runToEnd(this.#session, target, command, { deadlineMs })
  }

  async #patch(argv: readonly string[]): Promise<void> {
    const [, kind = '', name = ''] = argv
    const type = valueOf(argv, '--type') as PatchOptions['type']
    const subresource = valueOf(argv, '--subresource')
    const options = { ...(type && { type }), ...(subresource !== undefined && { subresource }) }
    const change: unknown = JSON.parse(valueOf(argv, '-p') ?? '{}')
    await patch(this.#session, `${kind}/${name}`, change, options).catch(() => {})
  }

  async #onNode({ what, seconds, pod }: Extract<Action, { readonly is: 'node' }>): Promise<void> {
    const { node } = this.#session.cluster
    if (what === 'stop-kubelet' || what === 'restart-kubelet') await node?.stopKubelet?.('node1')
    await this.#pass(seconds)
    if (what === 'start-kubelet' || what === 'restart-kubelet') await node?.startKubelet?.('node1')
    const first = this.#session.history.timelines('Pod')[0]?.name ?? ''
    if (what === 'kill-sandbox') await node?.killSandbox?.(this.#session.namespace, pod ?? first)
  }

  async #pass(seconds: number): Promise<void> {
    const { clock } = this.#session.cluster
    if (seconds > 0) await clock.pass(new Latch(), clock.now() + seconds * 1_000)
  }
}

/** The value of an option, written `--name=value` or `--name value`. */
function valueOf(argv: readonly string[], option: string): string | undefined {
  const joined = argv.find((word) => word.startsWith(`${option}=`))
  if (joined !== undefined) return joined.slice(option.length + 1)
  const index = argv.indexOf(option)
  return index < 0 ? undefined : argv[index + 1]
}
