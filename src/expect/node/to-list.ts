// expectNode('node-1').toList({ name: 'k8s_POD_web_default_<uid>_0', state: 'Up' }): what `docker ps -a` lists on a node.

import type { NodeContainer } from '../../cluster/cluster.ts'
import { closest } from '../../cluster/closest.ts'
import type { Claim } from '../sentence.ts'
import type { Session } from '../session.ts'
import type { Subject } from '../subject.ts'

/** A container of a node's runtime, as a claim describes it. */
export interface ListedContainer {
  /**
   * `k8s_<container>_<pod>_<namespace>_<uid>_<attempt>`, with `POD` for the container of a sandbox. The namespace `default` is
   * the test's, and `<uid>` written as it stands here is the uid of the Pod of that name.
   */
  readonly name: string
  /** `Up`, `Created`, or `Exited (<code>)`. */
  readonly state?: string
}

/** Every one of these is on the node; others may be. The node is asked once, when the claim is awaited. */
export function toList(node: Subject, listed: readonly ListedContainer[]): Claim {
  return node.claim({
    kind: 'toList',
    args: listed,
    judge: async (trial) => {
      const { session, about } = trial
      const access = session.cluster.node
      if (!access)
        throw new Error(
          `${session.cluster.name} gives no access to its nodes: guard the test with cluster.showsNodes`,
        )
      const containers = await session.heldWhile(() => access.containers(about.name))
      const missing = listed.filter(
        (wanted) => !containers.some((container) => isListed(container, resolved(session, wanted))),
      )
      if (missing.length === 0) return { atMs: trial.nowMs }
      const names = missing.map((wanted) => containerText(resolved(session, wanted)))
      const own = containers.filter(({ name }) => name.split('_')[3] === session.namespace)
      const meant = closest(
        resolved(session, missing[0] ?? { name: '' }).name,
        own.map(({ name }) => name),
      )
      throw trial.refute({
        expected: names.join('\n'),
        received:
          own.length === 0
            ? 'no container of this test'
            : own.map((each) => `${each.name}  ${stateOf(each)}`).join('\n'),
        ...(meant !== undefined && { next: `compare it with ${meant}` }),
      })
    },
  })
}

/** The name with the test's own namespace and the Pod's uid. */
function resolved(session: Session, { name, ...rest }: ListedContainer): ListedContainer {
  const [prefix, container, pod = '', namespace, uid, ...attempt] = name.split('_')
  const podUid = session.history.timeline('Pod', pod)?.last?.object.metadata.uid
  const own = namespace === 'default' ? session.namespace : namespace
  return {
    ...rest,
    name: [prefix, container, pod, own, uid === '<uid>' ? podUid : uid, ...attempt].join('_'),
  }
}

function isListed(container: NodeContainer, { name, state }: ListedContainer): boolean {
  return container.name === name && (state === undefined || stateOf(container) === state)
}

/** The beginning of the STATUS column, without how long ago. */
function stateOf({ state, exitCode }: NodeContainer): string {
  if (state === 'exited') return `Exited (${exitCode})`
  return state === 'running' ? 'Up' : 'Created'
}

function containerText({ name, state }: ListedContainer): string {
  return state === undefined ? name : `${name}  ${state}`
}
