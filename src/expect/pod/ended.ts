// When a Pod can show nothing new any more, so that waiting is in vain.

import { podOf } from '../../history/rows.ts'
import type { ObjectChange } from '../../history/entry.ts'
import { allContainerStatuses } from '../../pod/containers.ts'
import { isTerminal } from '../../pod/phase.ts'
import type { Pod } from '../../pod/json.ts'

/** Why no later change can bring another STATUS; undefined while one may still come. */
export function endedBecause(change: ObjectChange): string | undefined {
  const pod = podOf(change)
  if (!pod) return undefined
  if (change.type === 'DELETED') return comesBack(pod) ? undefined : 'the Pod is deleted'
  const isOver =
    isTerminal(pod) && allContainerStatuses(pod).every(({ state }) => state?.running === undefined)
  return isOver ? `the Pod has ended (phase ${pod.status?.phase})` : undefined
}

/** A StatefulSet makes a new Pod of the same name; other controllers choose new names. */
function comesBack(pod: Pod): boolean {
  return (pod.metadata?.ownerReferences ?? []).some(
    ({ kind, controller }) => controller === true && kind === 'StatefulSet',
  )
}
