// The status of a pod as the kubelet sees it now.

import { isSidecar } from '../../../pod/containers.ts'
import type { Container, ContainerStatus, Pod, PodStatus } from '../../../pod/json.ts'
import type { Phase } from '../../../pod/phase.ts'
import type { ProbeResult } from '../pod-actions.ts'
import { findRuntimeContainer, type PodRuntimeStatus } from '../runtime/pod-runtime-status.ts'
import {
  allContainersRestartingCondition,
  type ConditionState,
  containersReadyCondition,
  hasRestartAllRule,
  initializedCondition,
  KUBELET_CONDITIONS,
  readyCondition,
  readyToStartCondition,
} from './conditions.ts'
import { containerStatuses, type StartFailure } from './container-statuses.ts'
import { podPhase } from './phase.ts'
import { copyWith } from '../../store/copy-with.ts'
import { defined } from '../../store/defined.ts'
import { isEqual } from '../../store/equality.ts'

/** What probes say of containers by id, and which probes there are by name. */
export interface StatusProbes {
  startup(containerId: string): ProbeResult | undefined
  readiness(containerId: string): ProbeResult | undefined
  has(containerName: string, type: 'startup' | 'readiness'): boolean
}

/** What the status of a pod is computed from. */
export interface StatusInput {
  readonly pod: Pod
  readonly runtime: PodRuntimeStatus
  /** What the status manager holds, or the API where it holds nothing. */
  readonly previous: PodStatus
  /** Whether all containers have ended for good. */
  readonly isTerminal: boolean
  readonly startFailure: (containerName: string) => StartFailure | undefined
  readonly probes: StatusProbes
  readonly hostIP: string
  /** An eviction or a deadline has ended the pod, whatever its containers say. */
  readonly forcedFailure?: StartFailure | undefined
}

/** Source: pkg/kubelet/kubelet_pods.go:generateAPIPodStatus. */
export function podStatus(input: StatusInput): PodStatus {
  const { pod, previous, runtime, hostIP } = input
  const statuses = allStatuses(input)
  const phase = phaseOf(input, statuses.both)
  const podIP = runtime.ip || previous.podIP || (pod.spec?.hostNetwork ? hostIP : '')
  const { reason, message } = reasonOf(input, phase)
  const { resources, allocatedResources } = podResources(pod)
  return defined({
    observedGeneration: pod.metadata?.generation || undefined,
    phase,
    conditions: conditionsOf(input, statuses.both, phase),
    reason,
    message,
    hostIP,
    hostIPs: [{ ip: hostIP }],
    podIP: podIP || undefined,
    podIPs: podIP ? [{ ip: podIP }] : undefined,
    startTime: previous.startTime || undefined,
    initContainerStatuses: orNone(statuses.init),
    containerStatuses: orNone(statuses.regular),
    qosClass: pod.status?.qosClass || undefined,
    ephemeralContainerStatuses: orNone(statuses.ephemeral),
    allocatedResources,
    resources,
  })
}

function orNone<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined
}

/** The containers whose readiness probe is to run at once: started, running and not yet ready (prober_manager.go:UpdatePodStatus). */
export function containersToProbe(status: PodStatus, probes: StatusProbes): readonly string[] {
  return [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]
    .filter(
      ({ name, state, started, ready }) =>
        state?.running && started && !ready && probes.has(name, 'readiness'),
    )
    .map(({ name }) => name)
}

function allStatuses(input: StatusInput) {
  const { pod, previous, probes } = input
  const { initContainers = [], containers = [], ephemeralContainers = [] } = pod.spec ?? {}
  const wasRestartingAll = isTrue(previous, 'AllContainersRestarting')
  const { runtime, startFailure } = input
  const given = (shown: readonly ContainerStatus[]) => ({
    pod,
    runtime,
    previous: shown,
    wasRestartingAll,
    startFailure,
  })
  const { initContainerStatuses: shownInit = [], containerStatuses: shown = [] } = previous
  const init = containerStatuses(initContainers, 'init', given(shownInit)).map((status, index) => {
    const container = initContainers[index]
    const isPlain = !container || !isSidecar(container)
    return asShown(
      isPlain ? initProbed(status, probes) : probed(status, probes, container, shownInit),
      shownInit,
    )
  })
  const regular = containerStatuses(containers, 'container', given(shown)).map((status, index) =>
    asShown(probed(status, probes, containers[index], shown), shown),
  )
  const { ephemeralContainerStatuses: shownEphemeral = [] } = previous
  const ephemeral = containerStatuses(ephemeralContainers, 'ephemeral', given(shownEphemeral))
  return {
    init,
    regular: regular.sort(byName),
    ephemeral: ephemeral.sort(byName),
    both: [...init, ...regular],
  }
}

/** The very status that was last shown, if nothing of it has changed: then nobody has to look into it again. */
function asShown(status: ContainerStatus, shown: readonly ContainerStatus[]): ContainerStatus {
  const last = shown.find(({ name }) => name === status.name)
  return last && isEqual(last, status) ? last : status
}

function byName(a: ContainerStatus, b: ContainerStatus): number {
  return a.name < b.name ? -1 : 1
}

/** Sets started and ready of a regular container or a sidecar. Source: prober_manager.go:UpdatePodStatus. */
function probed(
  status: ContainerStatus,
  probes: StatusProbes,
  container: Container | undefined,
  previous: readonly ContainerStatus[],
): ContainerStatus {
  const started = isStarted(status, probes)
  if (!started) return copyWith(status, { started })
  const result = probes.readiness(runtimeId(status))
  if (result !== undefined) return copyWith(status, { started, ready: result === 'Success' })
  const isProbed = probes.has(status.name, 'readiness')
  const shown = previous.find(({ containerID }) => containerID === status.containerID)
  // A kubelet that has just started knows no results yet: what was shown of a running container stays.
  const wasUnready = container?.readinessProbe !== undefined && shown?.ready === false
  return copyWith(status, { started, ready: !isProbed && !wasUnready })
}

/** An init container is ready once it has succeeded. */
function initProbed(status: ContainerStatus, probes: StatusProbes): ContainerStatus {
  const ready = status.state?.terminated?.exitCode === 0 || status.ready
  return copyWith(status, { started: isStarted(status, probes), ready })
}

function isStarted(status: ContainerStatus, probes: StatusProbes): boolean {
  if (!status.state?.running) return false
  const result = probes.startup(runtimeId(status))
  return result === undefined ? !probes.has(status.name, 'startup') : result === 'Success'
}

function runtimeId(status: ContainerStatus): string {
  return status.containerID?.replace('containerd://', '') ?? ''
}

function phaseOf(input: StatusInput, statuses: readonly ContainerStatus[]): Phase {
  const { pod, runtime, previous, isTerminal } = input
  // What has once been shown as ended stays so, as it was shown.
  if (isEnded(pod.status?.phase)) return pod.status.phase
  if (input.forcedFailure) return 'Failed'
  const hasInitialized = (pod.spec?.containers ?? []).some(({ name }) => {
    const state = findRuntimeContainer(runtime, name)?.state
    return state === 'Running' || state === 'Exited'
  })
  const phase = podPhase({ spec: pod.spec, statuses, isTerminal, hasInitialized })
  if (isEnded(phase)) return phase
  return isEnded(previous.phase) ? previous.phase : phase
}

function isEnded(phase: string | undefined): phase is 'Succeeded' | 'Failed' {
  return phase === 'Succeeded' || phase === 'Failed'
}

/** A reason and a message belong to a phase and last as long as it. */
function reasonOf({ pod, previous, forcedFailure }: StatusInput, phase: Phase) {
  const keeps = phase === previous.phase
  const reason = forcedFailure?.reason ?? (keeps ? previous.reason || pod.status?.reason : undefined)
  const message = forcedFailure?.message ?? (keeps ? previous.message || pod.status?.message : undefined)
  return { reason: reason || undefined, message: message || undefined }
}

function conditionsOf(
  input: StatusInput,
  statuses: readonly ContainerStatus[],
  phase: Phase,
): NonNullable<PodStatus['conditions']> {
  const { pod, runtime, previous } = input
  const ofOthers = (pod.status?.conditions ?? []).filter(({ type }) => !KUBELET_CONDITIONS.includes(type))
  const about = { spec: pod.spec, statuses, phase }
  const own: ConditionState[] = [
    readyToStartCondition(pod, runtime),
    // Init containers that run again do not make a pod uninitialised (recordings sandbox-killed, ctr-restart-all).
    isTrue(previous, 'Initialized') && phase !== 'Succeeded'
      ? { type: 'Initialized', status: 'True' }
      : initializedCondition(about),
    readyCondition(about, ofOthers),
    containersReadyCondition(about),
    { type: 'PodScheduled', status: 'True' },
  ]
  if (hasRestartAllRule(pod.spec)) {
    const wasRestarting = isTrue(previous, 'AllContainersRestarting')
    own.push(allContainersRestartingCondition(pod, runtime, wasRestarting, phase))
  }
  return [...ofOthers, ...own.map((state) => inApi(state, pod.metadata?.generation))]
}

/** A condition in the API's order of fields; its lastTransitionTime is set when it is stored. */
export function inApi({ type, status, reason, message }: ConditionState, generation: number | undefined) {
  // The newest condition has not learned to carry it (recording ctr-restart-all).
  const carries = generation && type !== 'AllContainersRestarting'
  return defined({
    type,
    observedGeneration: carries ? generation : undefined,
    status,
    lastProbeTime: null as unknown as string,
    reason: reason || undefined,
    message: message || undefined,
  })
}

function isTrue(status: PodStatus, type: string): boolean {
  return status.conditions?.some((one) => one.type === type && one.status === 'True') ?? false
}

/** What the pod as a whole may use, repeated from its spec (kubelet_pods.go:convertToAPIPodLevelResourcesStatus). */
function podResources({ spec }: Pod) {
  const requests = spec?.resources?.requests ?? onlyOne(spec, 'requests')
  const limits = spec?.resources?.limits
  return { allocatedResources: requests, resources: defined({ limits, requests }) }
}

/** The requests of a pod of a single container; adding up quantities is left to the scheduler. */
function onlyOne(spec: Pod['spec'], field: 'requests') {
  const [container, ...others] = spec?.containers ?? []
  return others.length === 0 ? (container?.resources?.[field] ?? container?.resources?.limits) : undefined
}
