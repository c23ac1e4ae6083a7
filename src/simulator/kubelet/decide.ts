// Decides what has to be done to a pod, and does nothing: the kubelet's computePodActions.

import type { Container, EphemeralContainer, Pod } from '../../pod/json.ts'
import { containersToReset } from './decide-reset.ts'
import { initContainerActions } from './decide-init.ts'
import type { DecisionInput, PodActions } from './pod-actions.ts'
import { effectiveRestartPolicy, shouldBeRestarted } from './restart-decision.ts'
import { containerHash, findRuntimeContainer, type PodRuntimeStatus } from './runtime/pod-runtime-status.ts'

const nothing: PodActions = {
  killPod: false,
  createSandbox: false,
  sandboxId: '',
  attempt: 0,
  initContainersToStart: [],
  containersToStart: [],
  ephemeralContainersToStart: [],
  containersToKill: [],
  containersToReset: [],
}

/** Source: pkg/kubelet/kuberuntime/kuberuntime_manager.go:computePodActions. */
export function decide(input: DecisionInput): PodActions {
  const { pod, runtime } = input
  const { isChanged, ...sandbox } = sandboxChange(pod, runtime)
  const base = { ...nothing, ...sandbox }
  if (isChanged) return withNewSandbox(input, { ...base, killPod: true, createSandbox: true })
  if (input.restartAllContainers) return { ...base, containersToReset: containersToReset(pod, runtime) }

  const ephemeralContainersToStart = indexesOf(pod.spec?.ephemeralContainers, (container) => {
    // An ephemeral container is never started a second time, and need not wait for the init containers.
    return !findRuntimeContainer(runtime, container.name)
  })
  const init = initContainerActions(input)
  const initActions: PodActions = {
    ...base,
    ephemeralContainersToStart,
    killPod: init.killPod,
    initContainersToStart: init.toStart,
    containersToKill: init.toKill,
  }
  return init.killPod || !init.isInitialized ? initActions : withRegularContainers(input, initActions)
}

/** Whether the pod needs another sandbox. Source: pkg/kubelet/kuberuntime/util/util.go:PodSandboxChanged. */
export function sandboxChange(
  pod: Pod,
  { sandboxes }: PodRuntimeStatus,
): { readonly isChanged: boolean; readonly attempt: number; readonly sandboxId: string } {
  const newest = sandboxes[0]
  if (!newest) return { isChanged: true, attempt: 0, sandboxId: '' }
  const readyCount = sandboxes.filter(({ isReady }) => isReady).length
  const hasAddress = newest.ip !== '' || pod.spec?.hostNetwork === true
  const isUsable = readyCount === 1 && newest.isReady && hasAddress
  return { isChanged: !isUsable, attempt: newest.attempt + (isUsable ? 0 : 1), sandboxId: newest.id }
}

function withNewSandbox({ pod, runtime }: DecisionInput, actions: PodActions): PodActions {
  const killOnly = { ...actions, createSandbox: false }
  const hasContainers = runtime.containers.length > 0
  if (pod.spec?.restartPolicy === 'Never' && actions.attempt !== 0 && hasContainers) return killOnly
  const containersToStart = indexesOf(
    pod.spec?.containers,
    (container) => !hasSucceeded(container, pod, runtime),
  )
  if (containersToStart.length === 0 && hasRegularContainer(pod, runtime)) return killOnly
  if (pod.spec?.initContainers?.length) return { ...actions, initContainersToStart: [0] }
  return { ...actions, containersToStart }
}

function withRegularContainers(input: DecisionInput, actions: PodActions): PodActions {
  const { pod, runtime } = input
  const containersToStart: number[] = []
  const containersToKill = [...actions.containersToKill]
  let keptCount = 0
  for (const [index, container] of (pod.spec?.containers ?? []).entries()) {
    const status = findRuntimeContainer(runtime, container.name)
    if (status?.state !== 'Running') {
      if (!shouldBeRestarted(container, pod, runtime)) continue
      containersToStart.push(index)
      if (status?.state === 'Unknown') {
        const message = 'Container is in "unknown" state, try killing it before restart'
        containersToKill.push({ id: status.id, name: status.name, message })
      }
      continue
    }
    const kill = reasonToKill(container, status, input)
    if (!kill) {
      keptCount++
      continue
    }
    const restarts = kill.isChanged || effectiveRestartPolicy(container, pod.spec) !== 'Never'
    if (restarts) containersToStart.push(index)
    const message = `Container ${container.name} ${kill.message}${restarts ? ', will be restarted' : ''}`
    containersToKill.push({ id: status.id, name: status.name, message, ...kill.probe })
  }
  if (keptCount > 0 || containersToStart.length > 0)
    return { ...actions, containersToStart, containersToKill }
  // Nothing is left to run: the sidecars must not keep the pod alive.
  return { ...actions, killPod: true, initContainersToStart: [], containersToKill }
}

/** Why a running container has to end; nothing if it may go on. */
export function reasonToKill(
  container: Container,
  status: { readonly id: string; readonly hash: string },
  { probes }: DecisionInput,
): { message: string; isChanged?: true; probe?: { probe: 'liveness' | 'startup' } } | undefined {
  if (status.hash !== containerHash(container)) return { message: 'definition changed', isChanged: true }
  if (probes.liveness(status.id) === 'Failure')
    return { message: 'failed liveness probe', probe: { probe: 'liveness' } }
  if (probes.startup(status.id) === 'Failure')
    return { message: 'failed startup probe', probe: { probe: 'startup' } }
  return undefined
}

function hasSucceeded(container: Container, pod: Pod, runtime: PodRuntimeStatus): boolean {
  const status = findRuntimeContainer(runtime, container.name)
  const hasExitedWell = status?.state === 'Exited' && status.exitCode === 0
  return hasExitedWell && effectiveRestartPolicy(container, pod.spec) === 'OnFailure'
}

function hasRegularContainer(pod: Pod, runtime: PodRuntimeStatus): boolean {
  return (pod.spec?.containers ?? []).some(({ name }) => {
    const status = findRuntimeContainer(runtime, name)
    return status !== undefined && status.state !== 'Unknown'
  })
}

function indexesOf<C extends Container | EphemeralContainer>(
  containers: readonly C[] | undefined,
  isWanted: (container: C) => boolean,
): number[] {
  return (containers ?? []).flatMap((container, index) => (isWanted(container) ? [index] : []))
}
