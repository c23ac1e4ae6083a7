// What the scheduler writes to Pods: the binding, the reason why there is none, and the end of victims.

import type { V1Binding } from '@kubernetes/client-node'
import type { PodStatus } from '../../pod/json.ts'
import type { ConditionWriter } from '../../pod/with-condition.ts'
import { withPodCondition } from '../../pod/with-condition.ts'
import { bindingDoor } from '../kinds/pod/binding.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import { pod as podKind } from '../kinds/pod/pod.ts'
import { ApiError } from '../store/api-error.ts'
import type { Stored } from '../store/object.ts'
import { refOf } from '../store/object.ts'
import type { Registry } from '../store/registry.ts'
import { copyWith } from '../store/copy-with.ts'

/** Gives the Pod to the node; throws the ApiError of a server that refuses. */
export function bindPod(registry: Registry, pod: Pod, nodeName: string): void {
  const { namespace, name, uid } = pod.metadata
  const body: Stored<V1Binding> = {
    apiVersion: 'v1',
    kind: 'Binding',
    metadata: { ...(namespace && { namespace }), ...(name && { name }), ...(uid && { uid }) },
    target: { kind: 'Node', name: nodeName },
  }
  const context = registry.context()
  bindingDoor.create?.({ registry, kind: podKind, ref: refOf(pod), body, context, dryRun: false })
}

/** Writes the condition of a Pod that fits nowhere, and the node on which room is being made for it. */
export function markUnschedulable(
  registry: Registry,
  pod: Pod,
  message: string,
  nominatedNodeName?: string,
): void {
  changeStatus(registry, pod, (status, writer) => ({
    ...withPodCondition(
      status,
      { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message },
      writer,
    ),
    ...(nominatedNodeName && { nominatedNodeName }),
  }))
}

/** Says why, then deletes with the Pod's own grace (framework/preemption/preemption.go: prepareCandidate). */
export function evictVictim(registry: Registry, victim: Pod): void {
  const message = 'default-scheduler: preempting to accommodate a higher priority pod'
  const condition = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'PreemptionByScheduler',
    message,
  } as const
  changeStatus(registry, victim, (status, writer) => withPodCondition(status, condition, writer))
  ignoringRefusal(() => registry.delete(podKind, refOf(victim)))
}

function changeStatus(
  registry: Registry,
  pod: Pod,
  make: (status: PodStatus, writer: ConditionWriter) => PodStatus,
): void {
  const { atMs } = registry.context()
  const made = (old: Pod): Pod => {
    // Another Pod of that name by now.
    if (old.metadata.uid !== pod.metadata.uid) return old
    const status = make(old.status ?? {}, { atMs, observedGeneration: old.metadata.generation })
    return copyWith(old, { status })
  }
  ignoringRefusal(() => registry.change(podKind, refOf(pod), made, { subresource: 'status' }))
}

/** The Pod is gone or was changed meanwhile: then there is nothing left to say about it. */
function ignoringRefusal(write: () => unknown): void {
  try {
    write()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
  }
}
