// Answers what a page typed on a node: `docker ps -a` and `crictl ps`.

import type { Cluster } from '../../cluster/cluster.ts'
import type { History } from '../../history/history.ts'
import { podOf } from '../../history/rows.ts'
import type { CommandStep } from '../page.ts'
import { crictlPs, dockerPs } from './node-view.ts'

/** The lines of the answer; undefined where podproof has no access to nodes. */
export async function answerOfNode(
  view: 'crictl ps' | 'docker ps',
  step: CommandStep,
  { cluster, history }: { readonly cluster: Cluster; readonly history: History },
): Promise<readonly string[] | undefined> {
  if (!cluster.node) return undefined
  const node = nodeOf(step, history)
  const containers = node === undefined ? [] : await cluster.node.containers(node)
  const all = /\s(?:-a|--all|-[a-z]*a[a-z]*)\b/.test(step.source)
  const nowMs = cluster.clock.now()
  return view === 'docker ps' ? dockerPs(containers, all, nowMs) : crictlPs(containers, all, nowMs)
}

/** The page stands on the node of the Pods that its output names; without any, on the node of the last Pod. */
function nodeOf(step: CommandStep, history: History): string | undefined {
  const text = (step.expected?.lines ?? []).map((line) => line.text).join('\n')
  const pods = history.timelines('Pod').flatMap(({ last }) => {
    const pod = last && podOf(last)
    return pod?.spec?.nodeName ? [{ name: pod.metadata?.name ?? '', node: pod.spec.nodeName }] : []
  })
  return (pods.find(({ name }) => text.includes(`_${name}_`)) ?? pods.at(-1))?.node
}
