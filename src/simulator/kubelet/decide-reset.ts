// Decides what RestartAllContainers removes, and in which order.

import { allContainers } from '../../pod/containers.ts'
import type { Pod } from '../../pod/json.ts'
import type { ContainerToReset } from './pod-actions.ts'
import { matchingRestartAction } from './restart-decision.ts'
import type { PodRuntimeStatus, RuntimeContainer } from './runtime/pod-runtime-status.ts'

/**
 * All containers of the pod, older instances too: regular ones first, then init containers, and at the very end the
 * one whose exit asked for it, so that a kubelet that is stopped half-way still knows why.
 * Source: kuberuntime_manager.go (RestartAllContainers, 1.36), its test cases.
 */
export function containersToReset(pod: Pod, runtime: PodRuntimeStatus): readonly ContainerToReset[] {
  const { containers = [], initContainers = [] } = pod.spec ?? {}
  const trigger = findTrigger(pod, runtime)
  const inOrder = [...containers, ...initContainers].flatMap(({ name }) =>
    runtime.containers.filter((container) => container.name === name && container !== trigger),
  )
  return [...inOrder, ...(trigger ? [trigger] : [])].map(({ id, name, state }) => ({
    id,
    name,
    kill: state === 'Running',
  }))
}

/** Whether the newest instance of some container has ended in a way that restarts all of them. */
export function triggersRestartOfAll(pod: Pod, runtime: PodRuntimeStatus): boolean {
  return findTrigger(pod, runtime) !== undefined
}

function findTrigger(pod: Pod, runtime: PodRuntimeStatus): RuntimeContainer | undefined {
  for (const { container } of allContainers(pod.spec)) {
    const status = runtime.containers.find(({ name }) => name === container.name)
    if (status?.state !== 'Exited' || !('restartPolicyRules' in container)) continue
    if (matchingRestartAction(container, status.exitCode) === 'RestartAllContainers') return status
  }
  return undefined
}
