// Ends everything of a pod: its containers side by side, then its sandboxes.

import type { Pod } from '../kinds/pod/pod.ts'
import { hasSidecars, runningContainers } from './kill-container.ts'
import { type KubeletParts, uidOf } from './parts.ts'
import { TerminationOrder } from './termination-order.ts'
import { together, type Work } from './work.ts'

/** Source: kuberuntime_manager.go:killPodWithSyncResult. */
export function* killPod(parts: KubeletParts, pod: Pod, overrideSeconds?: number): Work {
  const uid = uidOf(pod)
  const running = runningContainers(parts, pod)
  const names = running.map(({ container }) => container.name)
  const order = hasSidecars(pod) ? new TerminationOrder(parts.timers, pod, names) : undefined
  yield together(
    running.map((one) => parts.rules.killContainer(parts, { pod, ...one, overrideSeconds, order })),
  )
  for (const { id, isReady } of parts.runtime.sandboxes(uid)) {
    if (isReady) yield* parts.runtime.stopSandbox(uid, id)
  }
}
