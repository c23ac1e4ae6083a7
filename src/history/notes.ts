// What happened between two states of a Pod, in a few words each: "scheduled to node-1", "init-mydb started".

import { allContainerStatuses, containerStatus } from '../pod/containers.ts'
import type { ContainerStatus, Pod } from '../pod/json.ts'
import { readyCount } from '../pod/ready-count.ts'
import type { ObjectChange } from './entry.ts'
import { podOf } from './rows.ts'

/** What a change of a Pod shows that the change before it did not. */
export function podNotes(change: ObjectChange, before: ObjectChange | undefined): readonly string[] {
  const pod = podOf(change)
  const earlier = before && podOf(before)
  if (!pod) return []
  return [
    ...notesOfPod(pod, earlier),
    ...allContainerStatuses(pod).flatMap((status) => statusNotes(status, earlier)),
  ]
}

function notesOfPod(pod: Pod, earlier: Pod | undefined): string[] {
  const notes: string[] = []
  if (pod.spec?.nodeName && !earlier?.spec?.nodeName) notes.push(`scheduled to ${pod.spec.nodeName}`)
  if (pod.metadata?.deletionTimestamp && !earlier?.metadata?.deletionTimestamp) {
    notes.push(`deletion asked for, grace ${pod.metadata.deletionGracePeriodSeconds ?? 0}s`)
  }
  if (pod.status?.reason && pod.status.reason !== earlier?.status?.reason) notes.push(pod.status.reason)
  if (earlier && readyCount(pod) !== readyCount(earlier)) notes.push(`ready ${readyCount(pod)}`)
  return notes
}

function statusNotes(status: ContainerStatus, earlier: Pod | undefined): string[] {
  const before = earlier && containerStatus(earlier, status.name)
  const { running, terminated, waiting } = status.state ?? {}
  if (running && running.startedAt !== before?.state?.running?.startedAt) {
    return [`${status.name} ${status.restartCount > 0 ? 'restarted' : 'started'}`]
  }
  if (terminated && terminated.containerID !== before?.state?.terminated?.containerID) {
    return [`${status.name} exited ${terminated.exitCode}`]
  }
  const isNews = waiting?.reason !== before?.state?.waiting?.reason && !EVERYDAY.has(waiting?.reason ?? '')
  return waiting?.reason && isNews ? [`${status.name}: ${waiting.reason}`] : []
}

/** Reasons that every container shows before it starts. */
const EVERYDAY = new Set(['ContainerCreating', 'PodInitializing'])
