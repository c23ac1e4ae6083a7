// Decides which init containers to start or end: one after the other, sidecars for good.

import { isSidecar } from '../../pod/containers.ts'
import type { Container, Pod } from '../../pod/json.ts'
import type { ContainerToKill, DecisionInput } from './pod-actions.ts'
import { restartsAfterExit } from './restart-decision.ts'
import {
  containerHash,
  findRuntimeContainer,
  type PodRuntimeStatus,
  type RuntimeContainer,
} from './runtime/pod-runtime-status.ts'

/** What has to happen to the init containers, and whether the regular ones may start. */
export interface InitActions {
  readonly isInitialized: boolean
  /** An init container has failed for good. */
  readonly killPod: boolean
  /** Indexes in spec order. */
  readonly toStart: readonly number[]
  readonly toKill: readonly ContainerToKill[]
}

/** What is found about one init container. */
interface Finding {
  readonly isDone?: boolean
  readonly start?: boolean
  readonly kill?: Omit<ContainerToKill, 'id' | 'name'>
  readonly isFailed?: boolean
}

/**
 * Walks from the last init container to the first, since earlier ones may be gone from the runtime: the last one that
 * is known tells how far the pod has come. Source: kuberuntime_manager.go:computeInitContainerActions.
 */
export function initContainerActions(input: DecisionInput): InitActions {
  const { pod, runtime } = input
  const containers = pod.spec?.initContainers ?? []
  if (containers.length === 0) return { isInitialized: true, killPod: false, toStart: [], toKill: [] }
  let isInitialized = hasActiveRegularContainer(pod, runtime)
  let isPastFirstKnown = isInitialized
  const toStart = new Set<number>()
  const toKill: ContainerToKill[] = []
  for (const [index, container] of [...containers.entries()].toReversed()) {
    const status = findRuntimeContainer(runtime, container.name)
    if (isPastFirstKnown && !isSidecar(container)) continue
    if (!status) {
      // A sidecar that was started once and whose status is gone is started again.
      if (isPastFirstKnown) toStart.add(index)
      continue
    }
    const finding = isSidecar(container)
      ? findingOfSidecar(container, status, input)
      : findingOfInit(container, status, input)
    if (finding.isFailed) return { isInitialized: false, killPod: true, toStart: [], toKill: [] }
    if (finding.kill) toKill.push({ id: status.id, name: status.name, ...finding.kill })
    if (finding.isDone && index === containers.length - 1) isInitialized = true
    else if (finding.isDone && !isPastFirstKnown) toStart.add(index + 1)
    if (finding.start) toStart.add(index)
    isPastFirstKnown = true
  }
  if (!isPastFirstKnown) toStart.add(0)
  return {
    isInitialized,
    killPod: false,
    toStart: [...toStart].sort((a, b) => a - b),
    toKill: toKill.toReversed(),
  }
}

function findingOfInit(container: Container, status: RuntimeContainer, { pod }: DecisionInput): Finding {
  if (status.state === 'Created') return { start: true }
  if (status.state === 'Running') return {}
  const isFailed = status.state === 'Unknown' || status.exitCode !== 0 || status.reason === 'OOMKilled'
  if (!isFailed) return { isDone: true }
  if (!restartsAfterFailure(container, status, pod)) return { isFailed: true }
  return status.state === 'Unknown' ? { start: true, kill: { message: unknownState } } : { start: true }
}

function findingOfSidecar(
  container: Container,
  status: RuntimeContainer,
  { probes }: DecisionInput,
): Finding {
  if (status.state === 'Unknown') return { start: true, kill: { message: unknownState } }
  if (status.state !== 'Running') return { start: true }
  const restart = (problem: string, probe?: 'liveness' | 'startup'): Finding => {
    const message = `Init container ${container.name} ${problem}`
    return { start: true, kill: probe ? { message, probe } : { message } }
  }
  if (container.startupProbe) {
    const startup = probes.startup(status.id)
    if (startup === 'Failure') return restart('failed startup probe', 'startup')
    if (startup !== 'Success') return {}
  }
  if (status.hash !== containerHash(container)) return { isDone: true, ...restart('definition changed') }
  // The next container does not wait for the liveness of this one.
  if (container.livenessProbe && probes.liveness(status.id) === 'Failure')
    return { isDone: true, ...restart('failed liveness probe', 'liveness') }
  return { isDone: true }
}

const unknownState = 'Init container is in "unknown" state, try killing it before restart'

/** A container in unknown state counts as failed, with an exit code that nobody knows. */
function restartsAfterFailure(container: Container, status: RuntimeContainer, pod: Pod): boolean {
  const exitCode = status.state === 'Unknown' ? 255 : status.exitCode || 137
  return restartsAfterExit(container, pod.spec, exitCode)
}

function hasActiveRegularContainer(pod: Pod, runtime: PodRuntimeStatus): boolean {
  return (pod.spec?.containers ?? []).some(({ name }) => {
    const state = findRuntimeContainer(runtime, name)?.state
    return state === 'Created' || state === 'Running'
  })
}
