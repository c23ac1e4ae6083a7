// The conditions of a pod that belong to the kubelet.

import { isSidecar } from '../../../pod/containers.ts'
import type { Container, ContainerStatus, Pod, PodSpec } from '../../../pod/json.ts'
import type { Phase } from '../../../pod/phase.ts'
import { sandboxChange } from '../decide.ts'
import { triggersRestartOfAll } from '../decide-reset.ts'
import type { PodRuntimeStatus } from '../runtime/pod-runtime-status.ts'

/** A condition before it gets its times. */
export interface ConditionState {
  readonly type: string
  readonly status: 'True' | 'False'
  readonly reason?: string
  readonly message?: string
}

/** What the conditions about containers are computed from; statuses are nothing before the first status. */
export interface ConditionInput {
  readonly spec: PodSpec | undefined
  readonly statuses: readonly ContainerStatus[] | undefined
  readonly phase: Phase
}

/** The kubelet's conditions that are its own, in the order in which it lists them. */
export const KUBELET_CONDITIONS: readonly string[] = [
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
  'AllContainersRestarting',
]

/** Source: pkg/kubelet/status/generate.go:GeneratePodReadyToStartContainersCondition. */
export function readyToStartCondition(pod: Pod, runtime: PodRuntimeStatus): ConditionState {
  const isReady = !sandboxChange(pod, runtime).isChanged
  return { type: 'PodReadyToStartContainers', status: isReady ? 'True' : 'False' }
}

/** Source: pkg/kubelet/status/generate.go:GeneratePodInitializedCondition. */
export function initializedCondition({ spec, statuses, phase }: ConditionInput): ConditionState {
  const type = 'Initialized'
  const containers = spec?.initContainers ?? []
  if (!statuses && containers.length > 0) return no(type, 'UnknownContainerStatuses')
  const known = statuses ?? []
  const isReady = (container: Container, status: ContainerStatus) =>
    isSidecar(container) ? status.started === true : status.ready
  const { unknown, unready } = sortOut(containers, known, isReady)
  if (phase === 'Succeeded' && unknown.length === 0) return { type, status: 'True', reason: 'PodCompleted' }
  if (unknown.length + unready.length === 0 || hasRegularStarted(spec, known)) return { type, status: 'True' }
  return no(type, 'ContainersNotInitialized', problems(unknown, unready, 'incomplete'))
}

/** Source: pkg/kubelet/status/generate.go:GenerateContainersReadyCondition. */
export function containersReadyCondition({ spec, statuses, phase }: ConditionInput): ConditionState {
  const type = 'ContainersReady'
  if (!statuses) return no(type, 'UnknownContainerStatuses')
  const containers = [...(spec?.initContainers ?? []).filter(isSidecar), ...(spec?.containers ?? [])]
  const { unknown, unready } = sortOut(containers, statuses, (_, status) => status.ready)
  if (phase === 'Succeeded' && unknown.length === 0) return no(type, 'PodCompleted')
  if (phase === 'Failed') return no(type, 'PodFailed')
  if (unknown.length + unready.length === 0) return { type, status: 'True' }
  return no(type, 'ContainersNotReady', problems(unknown, unready, 'unready'))
}

/** Source: pkg/kubelet/status/generate.go:GeneratePodReadyCondition. */
export function readyCondition(
  input: ConditionInput,
  conditions: readonly { readonly type: string; readonly status: string }[],
): ConditionState {
  const type = 'Ready'
  const containersReady = containersReadyCondition(input)
  if (containersReady.status === 'False') return { ...containersReady, type }
  const unmet = (input.spec?.readinessGates ?? []).flatMap(({ conditionType }) => {
    const condition = conditions.find((one) => one.type === conditionType)
    if (!condition)
      return [`corresponding condition of pod readiness gate "${conditionType}" does not exist.`]
    if (condition.status === 'True') return []
    return [`the status of pod readiness gate "${conditionType}" is not "True", but ${condition.status}`]
  })
  return unmet.length === 0 ? { type, status: 'True' } : no(type, 'ReadinessGatesNotReady', unmet.join(', '))
}

/** Source: pkg/kubelet/status/generate.go:GenerateAllContainersRestartingCondition (1.36). */
export function allContainersRestartingCondition(
  pod: Pod,
  runtime: PodRuntimeStatus,
  wasRestarting: boolean,
  phase: Phase,
): ConditionState {
  const type = 'AllContainersRestarting'
  if (phase === 'Failed') return no(type, 'PodFailed')
  if (phase === 'Succeeded') return no(type, 'PodCompleted')
  const isCleaningUp = wasRestarting && runtime.containers.length > 0
  if (!isCleaningUp && !triggersRestartOfAll(pod, runtime)) return { type, status: 'False' }
  const message = 'container exited with restart policy rule'
  return { type, status: 'True', reason: 'RestartAllContainersStarted', message }
}

/** Whether some container of the pod can ask for a restart of all of them. */
export function hasRestartAllRule(spec: PodSpec | undefined): boolean {
  return [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].some((container) =>
    container.restartPolicyRules?.some(({ action }) => action === 'RestartAllContainers'),
  )
}

function no(type: string, reason: string, message?: string): ConditionState {
  return message ? { type, status: 'False', reason, message } : { type, status: 'False', reason }
}

function sortOut(
  containers: readonly Container[],
  statuses: readonly ContainerStatus[],
  isReady: (container: Container, status: ContainerStatus) => boolean,
): { unknown: string[]; unready: string[] } {
  const unknown: string[] = []
  const unready: string[] = []
  for (const container of containers) {
    const status = statuses.find(({ name }) => name === container.name)
    if (!status) unknown.push(container.name)
    else if (!isReady(container, status)) unready.push(container.name)
  }
  return { unknown, unready }
}

function problems(unknown: readonly string[], unready: readonly string[], adjective: string): string {
  const messages: string[] = []
  if (unknown.length > 0) messages.push(`containers with unknown status: [${unknown.join(' ')}]`)
  if (unready.length > 0) messages.push(`containers with ${adjective} status: [${unready.join(' ')}]`)
  return messages.join(', ')
}

/** A regular container that has once been started means that the init containers were done. */
function hasRegularStarted(spec: PodSpec | undefined, statuses: readonly ContainerStatus[]): boolean {
  return (spec?.containers ?? []).some((container) => {
    const status = statuses.find(({ name }) => name === container.name)
    return status?.started || status?.state?.running || status?.state?.terminated
  })
}
