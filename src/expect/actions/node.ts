// cluster.stopKubelet('node-1'), cluster.killSandbox('pod/x')...: what somebody logged in on a node does behind the API's back.

import type { NodeAccess } from '../../cluster/cluster.ts'
import type { Session } from '../session.ts'
import { noteCommand } from './note.ts'
import { readReference } from './reference.ts'

/** `systemctl stop kubelet`: containers go on, nobody looks after them. */
export function stopKubelet(session: Session, node: string): Promise<void> {
  return onNode(session, `systemctl stop kubelet`, (access) => access.stopKubelet?.(node))
}

export function startKubelet(session: Session, node: string): Promise<void> {
  return onNode(session, `systemctl start kubelet`, (access) => access.startKubelet?.(node))
}

/** Kills the sandbox of a Pod, written as `pod/x`. */
export async function killSandbox(session: Session, reference: string): Promise<void> {
  const pod = await podIn(session, reference)
  await onNode(session, `crictl stopp ${pod}`, (access) => access.killSandbox?.(session.namespace, pod))
}

/** Removes the instances of a container that have exited. */
export async function removeExited(session: Session, reference: string, container: string): Promise<void> {
  const pod = await podIn(session, reference)
  await onNode(session, `crictl rm ${container}`, (access) =>
    access.removeExited?.(session.namespace, pod, container),
  )
}

async function podIn(session: Session, reference: string): Promise<string> {
  const { resource, name } = await readReference(session, reference)
  if (resource.kind === 'Pod') return name
  throw new Error(`sandboxes and containers are a Pod's, and ${reference} is a ${resource.kind}`)
}

/** Throws an Error where podproof cannot do it: guard the test with `cluster.controlsNodes`. */
async function onNode(
  session: Session,
  command: string,
  act: (access: NodeAccess) => Promise<void> | undefined,
): Promise<void> {
  const { cluster } = session
  const atMs = cluster.clock.now()
  const done = cluster.node && act(cluster.node)
  if (!done) throw new Error(`${cluster.name} does not let podproof run "${command}" on its nodes`)
  await session.heldWhile(() => done)
  noteCommand(session, { atMs, command })
}
