// The READY, STATUS and RESTARTS of a Pod, computed in the one walk over its containers that Kubernetes makes.

import { isSidecar } from './containers.ts'
import { condition } from './conditions.ts'
import type { ContainerStatus, Pod } from './json.ts'

/** What `kubectl get pod` says about the containers of a Pod. */
export interface PodSummary {
  /** The STATUS word: 'Running', 'Init:0/2', 'CrashLoopBackOff', 'Terminating'... */
  readonly status: string
  readonly readyContainers: number
  /** Containers that READY counts: the regular ones and the sidecars. */
  readonly totalContainers: number
  readonly restarts: number
  /** When the previous instance of the container that restarted last had finished; undefined without a restart. */
  readonly lastRestartAtMs: number | undefined
}

/**
 * Summarises a Pod as the API server prints it.
 * Source: pkg/printers/internalversion/printers.go:printPod; all 42 cases of its tests hold.
 */
export function podSummary(pod: Pod): PodSummary {
  const init = walkInitContainers(pod)
  const isInitialized = init.reason === undefined || condition(pod, 'Initialized')?.status === 'True'
  const seen = isInitialized ? walkContainers(pod, init) : init
  const sidecars = (pod.spec?.initContainers ?? []).filter(isSidecar).length
  return {
    status: deletedStatus(pod) ?? seen.reason ?? '',
    readyContainers: seen.ready,
    totalContainers: (pod.spec?.containers ?? []).length + sidecars,
    restarts: seen.restarts.count,
    lastRestartAtMs: seen.restarts.lastAtMs,
  }
}

/** Restarts of a group of containers, and when the last of them became necessary. */
interface Restarts {
  readonly count: number
  readonly lastAtMs: number | undefined
}

interface InitWalk {
  /** Why the Pod is still initializing; undefined once every init container has done its part. */
  readonly reason: string | undefined
  readonly ready: number
  readonly restarts: Restarts
  /** The restarts of sidecars alone: all that is left of the init containers' restarts once they are done. */
  readonly sidecarRestarts: Restarts
}

const NO_RESTARTS: Restarts = { count: 0, lastAtMs: undefined }

function walkInitContainers(pod: Pod): InitWalk {
  const specs = new Map((pod.spec?.initContainers ?? []).map((container) => [container.name, container]))
  let ready = 0
  let restarts = NO_RESTARTS
  let sidecarRestarts = NO_RESTARTS
  for (const [index, status] of (pod.status?.initContainerStatuses ?? []).entries()) {
    const spec = specs.get(status.name)
    const isOfSidecar = spec !== undefined && isSidecar(spec)
    restarts = plus(restarts, status)
    if (isOfSidecar) sidecarRestarts = plus(sidecarRestarts, status)
    if (status.state?.terminated && !status.state.terminated.exitCode) continue
    if (isOfSidecar && status.started) {
      if (status.ready) ready++
      continue
    }
    const total = pod.spec?.initContainers?.length ?? 0
    return { reason: initReason(status, index, total), ready, restarts, sidecarRestarts }
  }
  return { reason: undefined, ready, restarts, sidecarRestarts }
}

function initReason(status: ContainerStatus, index: number, total: number): string {
  const { terminated, waiting } = status.state ?? {}
  if (terminated) {
    if (terminated.reason) return `Init:${terminated.reason}`
    return terminated.signal
      ? `Init:Signal:${terminated.signal}`
      : `Init:ExitCode:${terminated.exitCode ?? 0}`
  }
  if (waiting?.reason && waiting.reason !== 'PodInitializing') return `Init:${waiting.reason}`
  return `Init:${index}/${total}`
}

interface ContainerWalk {
  readonly reason: string
  readonly ready: number
  readonly restarts: Restarts
}

/** From the last container to the first, so that the first has the final word. */
function walkContainers(pod: Pod, init: InitWalk): ContainerWalk {
  let reason = init.reason ?? reasonOfPod(pod)
  let errorReason: string | undefined
  let hasRunning = false
  let { ready } = init
  let restarts = init.sidecarRestarts
  for (const status of (pod.status?.containerStatuses ?? []).toReversed()) {
    const { running, terminated, waiting } = status.state ?? {}
    restarts = plus(restarts, status)
    if (waiting?.reason) reason = waiting.reason
    else if (terminated) {
      reason = terminatedReason(terminated)
      if (terminated.exitCode) errorReason = reason
    } else if (status.ready && running) {
      hasRunning = true
      ready++
    }
  }
  if (reason === 'Completed') reason = completedReason(pod, hasRunning, errorReason)
  return { reason, ready, restarts }
}

type Terminated = NonNullable<NonNullable<ContainerStatus['state']>['terminated']>

function terminatedReason({ reason, signal, exitCode }: Terminated): string {
  if (reason) return reason
  return signal ? `Signal:${signal}` : `ExitCode:${exitCode ?? 0}`
}

/** 'Completed' is only said when nothing runs any more and nothing failed. */
function completedReason(pod: Pod, hasRunning: boolean, errorReason: string | undefined): string {
  if (hasRunning && condition(pod, 'Ready')?.status === 'True') return 'Running'
  if (errorReason !== undefined) return errorReason
  return hasRunning ? 'NotReady' : 'Completed'
}

function reasonOfPod(pod: Pod): string {
  // Only the reason counts: the condition's status is not looked at.
  if (condition(pod, 'PodScheduled')?.reason === 'SchedulingGated') return 'SchedulingGated'
  return pod.status?.reason || (pod.status?.phase ?? '')
}

/** A deletion shows, but a terminal phase outlives it: the row of an ended Pod says how it ended. */
function deletedStatus(pod: Pod): string | undefined {
  if (!pod.metadata?.deletionTimestamp) return undefined
  if (pod.status?.reason === 'NodeLost') return 'Unknown'
  const isTerminal = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed'
  return isTerminal ? undefined : 'Terminating'
}

function plus(restarts: Restarts, status: ContainerStatus): Restarts {
  const finishedAt = status.lastState?.terminated?.finishedAt
  const finishedAtMs = finishedAt ? Date.parse(finishedAt) : undefined
  return {
    count: restarts.count + (status.restartCount ?? 0),
    lastAtMs: later(restarts.lastAtMs, finishedAtMs),
  }
}

function later(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return Math.max(a, b)
}
