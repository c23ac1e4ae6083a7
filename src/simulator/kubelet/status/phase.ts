// The phase of a pod, counted from the states of its containers.

import { isSidecar } from '../../../pod/containers.ts'
import type { Container, ContainerStatus, PodSpec } from '../../../pod/json.ts'
import type { Phase } from '../../../pod/phase.ts'
import { restartsAfterExit } from '../restart-decision.ts'

/** What a phase is computed from. */
export interface PhaseInput {
  readonly spec: PodSpec | undefined
  /** Statuses of init and regular containers, in any order. */
  readonly statuses: readonly ContainerStatus[]
  /** The pod is coming to its end: nothing will be started again. */
  readonly isTerminal: boolean
  /** Some regular container has been started and is still there. */
  readonly hasInitialized: boolean
}

/** The waiting reason of a container that was removed to begin anew. */
export const RESTARTING_ALL = 'RestartingAllContainers'

interface Counts {
  unknown: number
  running: number
  waiting: number
  stopped: number
  succeeded: number
  /** Stopped, and never to be started again. */
  stoppedForGood: number
  pendingInit: number
  pendingSidecar: number
  failedInit: number
}

/** Source: pkg/kubelet/kubelet_pods.go:getPhase. */
export function podPhase(input: PhaseInput): Phase {
  const counts = countContainers(input)
  if (counts.failedInit > 0) return 'Failed'
  if (counts.pendingInit > 0 || (counts.pendingSidecar > 0 && !input.hasInitialized)) return 'Pending'
  if (counts.waiting > 0) return 'Pending'
  if (counts.unknown > 0) return 'Pending'
  if (counts.running > 0) return 'Running'
  if (counts.stopped === 0) return 'Pending'
  if (!input.isTerminal && counts.stopped > counts.stoppedForGood) return 'Running'
  return counts.stopped === counts.succeeded ? 'Succeeded' : 'Failed'
}

function countContainers({ spec, statuses }: PhaseInput): Counts {
  const counts: Counts = {
    unknown: 0,
    running: 0,
    waiting: 0,
    stopped: 0,
    succeeded: 0,
    stoppedForGood: 0,
    pendingInit: 0,
    pendingSidecar: 0,
    failedInit: 0,
  }
  const statusOf = (container: Container) => statuses.find(({ name }) => name === container.name)
  for (const container of spec?.initContainers ?? []) {
    if (isSidecar(container)) countSidecar(counts, statusOf(container))
    else countInit(counts, container, spec, statusOf(container))
  }
  for (const container of spec?.containers ?? []) countRegular(counts, container, spec, statusOf(container))
  return counts
}

function countInit(
  counts: Counts,
  container: Container,
  spec: PodSpec | undefined,
  status?: ContainerStatus,
): void {
  const { running, terminated, waiting } = status?.state ?? {}
  const ended = terminated ?? (waiting && status?.lastState?.terminated)
  if (running || !ended) counts.pendingInit++
  else if (ended.exitCode !== 0 && !isToRestart(container, spec, status)) counts.failedInit++
}

function countSidecar(counts: Counts, status?: ContainerStatus): void {
  const { running, terminated, waiting } = status?.state ?? {}
  if (running) {
    counts.running++
    if (!status?.started) counts.pendingSidecar++
  } else if (waiting && !status?.lastState?.terminated) {
    counts.waiting++
    counts.pendingSidecar++
  } else if (!terminated && !waiting) {
    counts.unknown++
    if (status) counts.pendingSidecar++
  }
}

function countRegular(
  counts: Counts,
  container: Container,
  spec: PodSpec | undefined,
  status?: ContainerStatus,
): void {
  const { running, terminated, waiting } = status?.state ?? {}
  if (running) counts.running++
  else if (terminated || (waiting && status?.lastState?.terminated)) {
    counts.stopped++
    if (terminated?.exitCode === 0) counts.succeeded++
    if (!isToRestart(container, spec, status)) counts.stoppedForGood++
  } else if (waiting) counts.waiting++
  else counts.unknown++
}

function isToRestart(container: Container, spec: PodSpec | undefined, status?: ContainerStatus): boolean {
  if (status?.state?.waiting?.reason === RESTARTING_ALL) return true
  if (status?.state?.waiting && status.lastState?.terminated?.reason === RESTARTING_ALL) return true
  const { exitCode } = status?.state?.terminated ?? status?.lastState?.terminated ?? { exitCode: 0 }
  return restartsAfterExit(container, spec, exitCode)
}
