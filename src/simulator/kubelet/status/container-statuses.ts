// The statuses of containers as the API shows them, from what the runtime says and what was shown before.

import type { Container, ContainerStatus, EphemeralContainer, Pod } from '../../../pod/json.ts'
import { shouldBeRestarted } from '../restart-decision.ts'
import {
  findRuntimeContainer,
  type PodRuntimeStatus,
  type RuntimeContainer,
} from '../runtime/pod-runtime-status.ts'
import { defined } from '../../store/defined.ts'
import { timestamp } from '../../store/object.ts'
import { RESTARTING_ALL } from './phase.ts'

/** Why the last start of a container failed, as its waiting state says it. */
export interface StartFailure {
  readonly reason: string
  readonly message: string
}

/** What the statuses of one list of containers are computed from. */
export interface ContainerStatusesInput {
  readonly pod: Pod
  readonly runtime: PodRuntimeStatus
  /** The statuses that were last shown for this list. */
  readonly previous: readonly ContainerStatus[]
  /** The condition AllContainersRestarting was last shown as True. */
  readonly wasRestartingAll: boolean
  readonly startFailure: (name: string) => StartFailure | undefined
}

type AnyContainer = Container | EphemeralContainer

/**
 * One status a container of `containers`, in their order. `role` says which list of the pod they are.
 * Source: pkg/kubelet/kubelet_pods.go:convertToAPIContainerStatuses.
 */
export function containerStatuses(
  containers: readonly AnyContainer[],
  role: 'init' | 'container' | 'ephemeral',
  input: ContainerStatusesInput,
): ContainerStatus[] {
  return containers.map((container) => {
    const instances = input.runtime.containers.filter(({ name }) => name === container.name)
    const previous = input.previous.find(({ name }) => name === container.name)
    const status = instances[0]
      ? fromRuntime(container, instances as [RuntimeContainer], previous)
      : withoutRuntime(container, role, previous, input)
    return role === 'ephemeral' ? status : withStartFailure(container, role, status, input)
  })
}

function fromRuntime(
  container: AnyContainer,
  [newest, older]: readonly [RuntimeContainer, RuntimeContainer?],
  previous: ContainerStatus | undefined,
): ContainerStatus {
  return defined({
    name: newest.name,
    state: stateOf(newest, previous),
    lastState: older ? stateOf(older, undefined) : removedState(newest, previous),
    ready: false,
    restartCount: newest.attempt,
    image: newest.image,
    imageID: newest.imageId,
    containerID: containerId(newest.id),
    ...resourcesOf(container),
    volumeMounts: mountsOf(container),
    user: newest.user ? { linux: newest.user } : undefined,
  })
}

/**
 * An instance that was removed from the runtime lives on in what was shown of it, as the newest (recording sandbox-killed) or
 * as the one before. What was shown of the present instance is not the one before it as well.
 */
function removedState(
  newest: RuntimeContainer,
  previous: ContainerStatus | undefined,
): NonNullable<ContainerStatus['lastState']> {
  if (newest.attempt === 0) return {}
  const isEarlier = (state: ContainerStatus['state']) =>
    state?.terminated && state.terminated.containerID !== containerId(newest.id)
  return [previous?.state, previous?.lastState].find(isEarlier) ?? {}
}

/** The containerID of the API. */
export function containerId(runtimeId: string): string {
  return `containerd://${runtimeId}`
}

function stateOf(
  container: RuntimeContainer,
  previous: ContainerStatus | undefined,
): NonNullable<ContainerStatus['state']> {
  if (container.state === 'Running') return { running: { startedAt: timestamp(container.startedAtMs) } }
  if (container.state === 'Exited') return { terminated: terminated(container) }
  if (container.state === 'Unknown' && previous?.state?.running) {
    const { startedAt } = previous.state.running
    return { terminated: { ...lostContainer('terminated'), ...(startedAt ? { startedAt } : {}) } }
  }
  // A container that was created and not started waits to be started, without a reason.
  return { waiting: {} }
}

function terminated({ exitCode, reason, message, startedAtMs, finishedAtMs, id }: RuntimeContainer) {
  return {
    exitCode,
    reason,
    ...(message ? { message } : {}),
    startedAt: timestamp(startedAtMs),
    finishedAt: timestamp(finishedAtMs),
    containerID: containerId(id),
  }
}

function withoutRuntime(
  container: AnyContainer,
  role: 'init' | 'container' | 'ephemeral',
  previous: ContainerStatus | undefined,
  input: ContainerStatusesInput,
): ContainerStatus {
  const { pod } = input
  const volumeMounts = mountsOf(container)
  const hasInit = (pod.spec?.initContainers?.length ?? 0) > 0
  const waiting: ContainerStatus = {
    name: container.name,
    state: { waiting: { reason: hasInit ? 'PodInitializing' : 'ContainerCreating' } },
    lastState: previous?.lastState ?? {},
    ready: false,
    restartCount: previous?.restartCount ?? 0,
    image: container.image ?? '',
    imageID: '',
    ...(volumeMounts && { volumeMounts }),
  }
  if (!previous) return waiting
  if (input.wasRestartingAll) return removedToRestart(isKeptForRestart(previous) ? previous : waiting)
  if (previous.state?.terminated) return previous
  if (role === 'init' && hasRegularInRuntime(input)) return treatedAsExited(waiting)
  if (!previous.state?.running || waiting.lastState?.terminated) return waiting
  return {
    ...waiting,
    lastState: { terminated: lostContainer('deleted') },
    restartCount: waiting.restartCount + (pod.metadata?.deletionTimestamp ? 0 : 1),
  }
}

function isKeptForRestart({ state }: ContainerStatus): boolean {
  return state?.terminated !== undefined || state?.waiting?.reason === RESTARTING_ALL
}

function removedToRestart(status: ContainerStatus): ContainerStatus {
  // It is counted once, however long it waits for those before it.
  if (status.state?.waiting?.reason === RESTARTING_ALL) return status
  const message = 'The container is removed because RestartAllContainers in place'
  const ended = { exitCode: 137, reason: RESTARTING_ALL, message, ...noTimes }
  return {
    ...status,
    state: { waiting: { reason: RESTARTING_ALL, message } },
    lastState: { terminated: ended },
    restartCount: status.restartCount + 1,
  }
}

function treatedAsExited(status: ContainerStatus): ContainerStatus {
  const message =
    'Unable to get init container status from container runtime and pod has been initialized, treat it as exited normally'
  return { ...status, state: { terminated: { exitCode: 0, reason: 'Completed', message, ...noTimes } } }
}

/** Go writes an instant that was never set as null. */
const noTimes = { startedAt: null, finishedAt: null } as unknown as { startedAt: string; finishedAt: string }

/** How a container ended that the runtime no longer knows, seen when its pod was deleted or terminated. */
export function lostContainer(when: 'deleted' | 'terminated') {
  const used = when === 'deleted' ? '.  The container used to be Running' : ''
  const message = `The container could not be located when the pod was ${when}${used}`
  return { exitCode: 137, reason: 'ContainerStatusUnknown', message, ...noTimes }
}

/** A container whose last start failed and that is to be started again waits, with the reason of the failure. */
function withStartFailure(
  container: Container,
  role: 'init' | 'container',
  status: ContainerStatus,
  { pod, runtime, startFailure }: ContainerStatusesInput,
): ContainerStatus {
  const newest = findRuntimeContainer(runtime, container.name)
  const isDone = role === 'init' && newest?.state === 'Exited' && newest.exitCode === 0
  if (isDone || !shouldBeRestarted(container, pod, runtime)) return status
  const failure = startFailure(container.name)
  if (!failure) return status
  const { reason, message } = failure
  const lastState = status.state?.terminated ? status.state : status.lastState
  return {
    ...status,
    ...(lastState ? { lastState } : {}),
    state: { waiting: { reason, ...(message ? { message } : {}) } },
  }
}

function hasRegularInRuntime({ pod, runtime }: ContainerStatusesInput): boolean {
  return (pod.spec?.containers ?? []).some(({ name }) => findRuntimeContainer(runtime, name))
}

/** What the spec gives a running container. Source: kubelet_pods.go:convertContainerStatusResources. */
function resourcesOf({ resources }: AnyContainer) {
  const { limits, requests = limits } = resources ?? {}
  return { allocatedResources: requests, resources: defined({ limits, requests }) }
}

/** Where the volumes are, as the spec says it. */
function mountsOf({ volumeMounts }: AnyContainer) {
  return volumeMounts?.map(({ name, mountPath, readOnly }) => ({
    name,
    mountPath,
    ...(readOnly ? { readOnly, recursiveReadOnly: 'Disabled' } : {}),
  }))
}
