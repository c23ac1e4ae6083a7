// The containers of a node as its crictl lists them.

import type { NodeAccess, NodeContainer } from './cluster.ts'
import { CRICTL } from './k3s-image.ts'

/** Runs a command on the node, and answers what it prints. Throws if it fails. */
export type NodeShell = (command: readonly string[]) => Promise<string>

/** The node whose shell it is. Sources of the formats: cri-tools, cmd/crictl; cri-api, runtime/v1/api.proto. */
export function crictlNode(shell: NodeShell): NodeAccess {
  const ask = async <T>(...command: readonly string[]) => JSON.parse(await shell([CRICTL, ...command])) as T
  return {
    containers: async () => {
      const { containers } = await ask<ContainerList>('ps', '--all', '--output', 'json')
      const { items } = await ask<SandboxList>('pods', '--output', 'json')
      const own: NodeContainer[] = []
      for (const container of containers) own.push(await withExit(container, ask))
      return [...own, ...items.map(sandbox)].sort((a, b) => b.createdAtMs - a.createdAtMs)
    },
  }
}

interface ContainerList {
  readonly containers: readonly CriContainer[]
}

interface CriContainer {
  readonly id: string
  readonly metadata: { readonly attempt?: number }
  readonly image?: { readonly image?: string; readonly userSpecifiedImage?: string }
  readonly state: string
  readonly createdAt: string
  readonly labels: Readonly<Record<string, string>>
}

interface SandboxList {
  readonly items: readonly {
    readonly id: string
    readonly metadata: {
      readonly name: string
      readonly namespace: string
      readonly uid: string
      readonly attempt?: number
    }
    readonly state: string
    readonly createdAt: string
  }[]
}

interface Inspected {
  readonly status: { readonly exitCode?: number; readonly startedAt?: string; readonly finishedAt?: string }
}

/** The list has no exit codes: whoever has exited is asked one by one. */
async function withExit(
  container: CriContainer,
  ask: (verb: string, id: string) => Promise<Inspected>,
): Promise<NodeContainer> {
  const listed = listedContainer(container)
  if (listed.state !== 'exited') return listed
  const { status } = await ask('inspect', container.id)
  const [startedAtMs, finishedAtMs] = [status.startedAt, status.finishedAt].map((text) =>
    Date.parse(text ?? ''),
  )
  return {
    ...listed,
    exitCode: status.exitCode ?? 0,
    ...(startedAtMs && { startedAtMs }),
    ...(finishedAtMs && { finishedAtMs }),
  }
}

function listedContainer({
  id,
  metadata,
  image = {},
  state,
  createdAt,
  labels,
}: CriContainer): NodeContainer {
  const label = (name: string) => labels[`io.kubernetes.${name}`] ?? ''
  const pod = `${label('pod.name')}_${label('pod.namespace')}_${label('pod.uid')}`
  return {
    id,
    name: `k8s_${label('container.name')}_${pod}_${metadata.attempt ?? 0}`,
    image: image.userSpecifiedImage || image.image || '',
    state: state === 'CONTAINER_RUNNING' ? 'running' : state === 'CONTAINER_CREATED' ? 'created' : 'exited',
    createdAtMs: millisecondsOf(createdAt),
  }
}

/** A sandbox has the name that its pause container would have under Docker (cri-dockerd, naming.go). */
function sandbox({ id, metadata, state, createdAt }: SandboxList['items'][number]): NodeContainer {
  const { name, namespace, uid, attempt = 0 } = metadata
  const isReady = state === 'SANDBOX_READY'
  return {
    id,
    name: `k8s_POD_${name}_${namespace}_${uid}_${attempt}`,
    image: 'pause',
    state: isReady ? 'running' : 'exited',
    ...(!isReady && { exitCode: 0 }),
    createdAtMs: millisecondsOf(createdAt),
  }
}

/** Nanoseconds as a text. */
function millisecondsOf(nanoseconds: string): number {
  return Number(BigInt(nanoseconds) / 1_000_000n)
}
