// Whether a container that does not run is to be started again.

import { isDeleting } from '../../pod/phase.ts'
import type { Container, Pod, PodSpec } from '../../pod/json.ts'
import { findRuntimeContainer, type PodRuntimeStatus } from './runtime/pod-runtime-status.ts'

export type RestartPolicy = 'Always' | 'OnFailure' | 'Never'

/** The action of the first rule that matches an exit code. */
export type RestartAction = 'Restart' | 'RestartAllContainers'

/** The policy that holds for the container: its own, else the pod's; Always if neither is set. */
export function effectiveRestartPolicy(container: Container, spec: PodSpec | undefined): RestartPolicy {
  return (container.restartPolicy ?? (spec?.restartPolicy || 'Always')) as RestartPolicy
}

/** What the container's restart rules say about the exit code, if one of them matches. Source: pkg/api/v1/pod/util.go. */
export function matchingRestartAction(container: Container, exitCode: number): RestartAction | undefined {
  const rule = container.restartPolicyRules?.find(({ exitCodes }) => {
    if (!exitCodes) return false
    const isListed = exitCodes.values?.includes(exitCode) ?? false
    return exitCodes.operator === 'NotIn' ? !isListed : isListed
  })
  return rule?.action as RestartAction | undefined
}

/** Whether an exited container is to be started again. Source: pkg/api/v1/pod/util.go:ContainerShouldRestart. */
export function restartsAfterExit(
  container: Container,
  spec: PodSpec | undefined,
  exitCode: number,
): boolean {
  // Rules count only beside a policy of the container itself.
  if (container.restartPolicy && matchingRestartAction(container, exitCode)) return true
  const policy = effectiveRestartPolicy(container, spec)
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0)
}

/** Whether the container is to be started now. Source: pkg/kubelet/container/helpers.go:ShouldContainerBeRestarted. */
export function shouldBeRestarted(container: Container, pod: Pod, runtime: PodRuntimeStatus): boolean {
  if (isDeleting(pod)) return false
  const status = findRuntimeContainer(runtime, container.name)
  if (!status) return true
  if (status.state === 'Running') return false
  if (status.state !== 'Exited') return true
  return restartsAfterExit(container, pod.spec, status.exitCode)
}
