// One step of a scenario, started: a command of the terminal, or something done to the node.

import type { Cluster } from '../cluster/cluster.ts'
import type { History } from '../history/history.ts'
import { podOf } from '../history/rows.ts'
import type { Timeline } from '../history/timeline.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { elapse } from '../time/elapse.ts'
import { Latch } from '../time/latch.ts'
import type { Action, NodeAction } from './scenario.ts'

/** A step under way. */
export interface StartedStep {
  /** As a recording spells it. */
  readonly command: string
  /** Settles at the instant at which the step has ended. */
  readonly end: Latch
  /** What came of it so far. */
  result(): { readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  /** Ends it before its time. */
  stop(): void
}

interface Surroundings {
  readonly cluster: Cluster
  readonly terminal: Terminal
  readonly history: History
}

/** Starts what a step does. Throws an Error for something that this cluster cannot do to its nodes. */
export function startStep(action: Action, around: Surroundings): StartedStep {
  if (action.is === 'node') return startNodeAction(action, around)
  // kubectl steps are run in the namespace, which is not part of what a recording spells.
  const inNamespace = ['kubectl', '-n', around.history.facts.namespace]
  const argv = action.is === 'kubectl' ? [...inNamespace, ...action.argv] : ['bash', '-c', action.line]
  const running = around.terminal.run(argv, action.stdin)
  return {
    command: action.is === 'kubectl' ? ['kubectl', ...action.argv].join(' ') : action.line,
    end: running.end,
    result: () => ({
      exitCode: running.exitCode ?? UNFINISHED,
      stdout: running.stdout,
      stderr: running.stderr,
    }),
    stop: () => running.kill(),
  }
}

/** The exit status of a command that was still running when the recording ended. */
const UNFINISHED = 137

type NodeStep = Extract<Action, { readonly is: 'node' }>

/** How long the host's tools take for each, as recorded on the node of Kubernetes v1.36.2: they answer, then it is done. */
const NODE_ACTION_MS: Readonly<Record<NodeAction, number>> = {
  'kill-sandbox': 240,
  'restart-kubelet': 630,
  'start-kubelet': 1150,
  'stop-kubelet': 10,
}

function startNodeAction(action: NodeStep, { cluster, history }: Surroundings): StartedStep {
  const end = new Latch()
  const pod = history.timelines('Pod').find(({ name }) => action.pod === undefined || action.pod === name)
  let failure: string | undefined
  void actOnNode(action, cluster, { namespace: history.facts.namespace, pod })
    .catch((error: unknown) => (failure = String(error)))
    .finally(() => end.settle())
  return {
    command: `node: ${action.what}`,
    end,
    result: () => ({ exitCode: failure === undefined ? 0 : 1, stdout: '', stderr: failure ?? '' }),
    stop: () => {},
  }
}

/** Stops come before the time that the action takes, starts and kills after it. */
async function actOnNode(
  { what, seconds }: NodeStep,
  { name, node, clock }: Cluster,
  { namespace, pod }: { readonly namespace: string; readonly pod: Timeline | undefined },
): Promise<void> {
  if (!node?.stopKubelet || !node.startKubelet || !node.killSandbox)
    throw new Error(`podproof cannot do "${what}" on the nodes of ${name}`)
  const nodeName = (pod?.last && podOf(pod.last)?.spec?.nodeName) ?? ''
  if (what === 'stop-kubelet' || what === 'restart-kubelet') await node.stopKubelet(nodeName)
  await elapse(clock, seconds * 1000 + NODE_ACTION_MS[what])
  if (what === 'start-kubelet' || what === 'restart-kubelet') await node.startKubelet(nodeName)
  if (what === 'kill-sandbox') await node.killSandbox(namespace, pod?.name ?? '')
}
