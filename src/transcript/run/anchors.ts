// The instants on which a page's spans depend, as the history of the replay shows them.

import type { History } from '../../history/history.ts'
import { podOf } from '../../history/rows.ts'
import type { ContainerStatus } from '../../pod/json.ts'
import { allContainerStatuses } from '../../pod/containers.ts'

/**
 * The cluster time of an instant that a page's timeline names: `created pod/x`, `initialized pod/x 2`,
 * `started pod/x main`, `ended pod/x main`, `ended pod/x 1` (its first restart). Undefined as long as it has not happened.
 */
export function anchorMs(history: History, name: string): number | undefined {
  const [what = '', object = '', detail = ''] = name.split(' ')
  const [kind = '', podName = ''] = object.replace(/#\d+$/, '').split('/')
  const change = history.timelines(kindNamed(history, kind)).find(({ name: own }) => own === podName)?.last
  if (!change) return undefined
  if (what === 'created') return instant(change.object.metadata.creationTimestamp)
  const pod = podOf(change)
  if (!pod) return undefined
  const statuses = allContainerStatuses(pod)
  if (what === 'started') return startedMs(statuses.find((status) => status.name === detail))
  if (what === 'initialized') return endedMs(pod.status?.initContainerStatuses?.[Number(detail) - 1])
  if (what !== 'ended') return undefined
  const restarts = Number(detail)
  if (Number.isNaN(restarts)) return endedMs(statuses.find((status) => status.name === detail))
  const restarted = statuses.find((status) => status.restartCount === restarts)
  return instant(restarted?.lastState?.terminated?.finishedAt)
}

/** `replicaset` is called ReplicaSet, if any was seen. */
function kindNamed(history: History, kind: string): string {
  if (kind === 'pod') return 'Pod'
  const change = history.entries.find(
    (entry) => entry.entry === 'change' && entry.object.kind?.toLowerCase() === kind,
  )
  return (change?.entry === 'change' ? change.object.kind : undefined) ?? kind
}

function startedMs(status: ContainerStatus | undefined): number | undefined {
  return instant(status?.state?.running?.startedAt ?? status?.state?.terminated?.startedAt)
}

function endedMs(status: ContainerStatus | undefined): number | undefined {
  return instant(status?.state?.terminated?.finishedAt)
}

function instant(value: string | undefined): number | undefined {
  const atMs = value === undefined ? NaN : Date.parse(value)
  return Number.isNaN(atMs) ? undefined : atMs
}
