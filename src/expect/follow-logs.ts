// Reads along with every container of a namespace, from its start to its end.

import type { Cluster, Streaming } from '../cluster/cluster.ts'
import type { History } from '../history/history.ts'
import { podOf } from '../history/rows.ts'
import { allContainerStatuses } from '../pod/containers.ts'
import type { ContainerStatus } from '../pod/json.ts'

/** The logs of a namespace, being read into its history. */
export interface FollowedLogs {
  /** Waits until what a container has written so far is read; at most for a moment, as its log may go on. */
  caughtUp(pod: string, container: string): Promise<void>
  stop(): void
}

/** A container that has ended has written everything; its last lines may still be under way for so long. */
const UNDER_WAY_MS = 2_000

/** Follows the log of each container instance that the history shows as started. */
export function followLogs(cluster: Cluster, history: History): FollowedLogs {
  const streams = new Map<string, Streaming & { readonly of: string }>()
  const follow = (pod: string, container: string, { id, instance, isPast }: Instance): void => {
    if (streams.has(id)) return
    const target = { namespace: history.facts.namespace, pod, container }
    const stream = cluster.logs(target, isPast ? { previous: true } : { follow: true }, ({ atMs, text }) =>
      history.record({ entry: 'log', atMs, pod, container, instance, text }),
    )
    streams.set(id, Object.assign(stream, { of: `${pod}/${container}` }))
  }
  const stopListening = history.onEntry((entry) => {
    const pod = entry.entry === 'change' && entry.type !== 'DELETED' ? podOf(entry) : undefined
    if (!pod) return
    const name = pod.metadata?.name ?? ''
    for (const status of allContainerStatuses(pod)) {
      for (const instance of instancesOf(status)) follow(name, status.name, instance)
    }
  })
  return {
    caughtUp: async (pod, container) => {
      const { clock } = cluster
      for (const stream of streams.values()) {
        if (stream.of === `${pod}/${container}`) await clock.pass(stream.end, clock.now() + UNDER_WAY_MS)
      }
    },
    stop: () => {
      stopListening()
      for (const stream of streams.values()) stream.stop()
    },
  }
}

interface Instance {
  /** The container's id, which tells apart all that ever bore its name. */
  readonly id: string
  readonly instance: number
  readonly isPast: boolean
}

/** What a status shows as started. An instance may have come and gone unseen: its log is then the previous one. */
function instancesOf({ restartCount, state, lastState, containerID }: ContainerStatus): readonly Instance[] {
  const instances: Instance[] = []
  const previous = lastState?.terminated?.containerID
  if (previous && restartCount > 0) instances.push({ id: previous, instance: restartCount - 1, isPast: true })
  const hasStarted = state?.running !== undefined || state?.terminated !== undefined
  if (hasStarted && containerID) instances.push({ id: containerID, instance: restartCount, isPast: false })
  return instances
}
