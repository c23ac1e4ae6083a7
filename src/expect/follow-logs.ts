// Reads along with every container of a namespace, from its start to its end.

import type { Cluster, Streaming } from '../cluster/cluster.ts'
import type { History } from '../history/history.ts'
import { podOf } from '../history/rows.ts'
import { allContainerStatuses } from '../pod/containers.ts'

/** Follows the log of each container instance that the history shows as started. Answers how to stop. */
export function followLogs(cluster: Cluster, history: History): () => void {
  const streams = new Map<string, Streaming>()
  const follow = (pod: string, container: string, instance: number, isPast: boolean): void => {
    const key = `${pod}/${container}/${instance}`
    if (streams.has(key)) return
    const target = { namespace: history.facts.namespace, pod, container }
    const stream = cluster.logs(target, isPast ? { previous: true } : { follow: true }, ({ atMs, text }) =>
      history.record({ entry: 'log', atMs, pod, container, instance, text }),
    )
    streams.set(key, stream)
  }
  const stopListening = history.onEntry((entry) => {
    const pod = entry.entry === 'change' && entry.type !== 'DELETED' ? podOf(entry) : undefined
    if (!pod) return
    for (const { name, restartCount, state, lastState } of allContainerStatuses(pod)) {
      // An instance may have come and gone between two changes; its log can still be read as the previous one.
      if (lastState?.terminated && restartCount > 0) follow(podName(pod), name, restartCount - 1, true)
      if (state?.running ?? state?.terminated) follow(podName(pod), name, restartCount, false)
    }
  })
  return () => {
    stopListening()
    for (const stream of streams.values()) stream.stop()
  }
}

function podName(pod: { readonly metadata?: { readonly name?: string } }): string {
  return pod.metadata?.name ?? ''
}
