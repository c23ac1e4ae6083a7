// What keeps the containers of a Pod from running: the kubelet starts them one after the other.

import { isTrue } from '../pod/conditions.ts'
import type { Container, Pod } from '../pod/json.ts'
import { placedContainers } from './container-run.ts'
import type { ContainerRun, PlacedContainer } from './container-run.ts'
import { eventsSoFar, exitMs, isRunning, lastRun, statusAt } from './moment.ts'
import type { Moment } from './moment.ts'
import type { PodEvent } from './pod-record.ts'
import type { Step, StepName } from './step.ts'
import { runStopStep } from './stop-step.ts'

/** The first container, in the order of starting, that the Pod waits for; undefined when each has done its part. */
export function startStep(moment: Moment): Step | undefined {
  const placed = placedContainers(moment.pod)
  // Once the regular containers are done, nothing is started any more, sidecars neither.
  if (placed.every((each) => each.role !== 'container' || isDone(moment, each))) return undefined
  for (const each of placed) {
    const step = containerStep(moment, each)
    if (step) return step
  }
  return undefined
}

function isDone(moment: Moment, placed: PlacedContainer): boolean {
  const run = lastRun(moment, placed.container.name)
  return run !== undefined && !isRunning(moment, run) && !willStartAgain(moment.pod, placed, run)
}

function containerStep(moment: Moment, placed: PlacedContainer): Step | undefined {
  const run = lastRun(moment, placed.container.name)
  if (!run) return waitingStep(moment, placed, -Infinity)
  if (isRunning(moment, run)) return runningStep(moment, placed, run)
  if (!willStartAgain(moment.pod, placed, run)) return undefined
  // Unless something is known to go on, it waits for the kubelet to look, or for the back-off.
  const isIdle = !hasBegun(moment, placed, run)
  const step = waitingStep(moment, placed, exitMs(moment.facts, run))
  return isIdle && IDLE.has(step.name) ? { name: 'restartBackOff', container: placed.container.name } : step
}

const IDLE: ReadonlySet<StepName> = new Set(['containerStart', 'kubeletSync'])

/** Why a container that runs still holds up what comes after it. */
function runningStep(
  moment: Moment,
  { container, role }: PlacedContainer,
  run: ContainerRun,
): Step | undefined {
  const stop = moment.facts.stops.get(run)
  if (stop && stop.killing.atMs <= moment.atMs) return runStopStep(stop, moment.atMs)
  if (role === 'init') return { name: 'initContainer', container: container.name }
  if (container.lifecycle?.postStart && isHookRunning(moment, run))
    return { name: 'postStart', container: container.name }
  if (role === 'sidecar' && container.startupProbe && !statusAt(moment, container.name)?.started) {
    return { name: 'startupProbe', container: container.name }
  }
  return undefined
}

/**
 * A postStart hook blocks the sync of its Pod: while it runs, the API shows the container as waiting, and no other container
 * is touched. Source: kuberuntime_container.go:startContainer; recordings poststart-slow, poststart-multi-order.
 */
export function isHookRunning(moment: Moment, run: ContainerRun): boolean {
  const { atMs, facts } = moment
  if (run.shown && run.shown.atMs <= atMs) return false
  const hasEnded = facts.record.nodeNotes.some(
    ({ what, container, happenedAtMs }) =>
      what === 'postStart ended' &&
      container === run.container.name &&
      happenedAtMs >= run.started.atMs &&
      happenedAtMs <= atMs,
  )
  if (hasEnded) return false
  return !facts.record.events.some(
    (event) => event.atMs > run.started.atMs && event.atMs <= atMs && endsHook(event, run.container.name),
  )
}

function endsHook(event: PodEvent, hooked: string): boolean {
  if (event.container === hooked) return event.reason === 'FailedPostStartHook' || event.reason === 'Killing'
  return (
    event.container !== undefined &&
    ['Pulling', 'Pulled', 'Created', 'Started', 'Failed'].includes(event.reason)
  )
}

/** Why a container that is to be started does not run yet. */
function waitingStep(moment: Moment, { container }: PlacedContainer, sinceMs: number): Step {
  const { name } = container
  const last = eventsSoFar(moment, name).findLast(
    (event) => event.atMs >= sinceMs && event.reason !== 'Killing' && event.reason !== 'Unhealthy',
  )
  if (!last) return betweenContainers(moment, container)
  if (last?.reason === 'Pulling') return { name: 'imagePull', container: name }
  if (last && isAboutImage(last)) return { name: 'imageBackOff', container: name }
  if (last?.reason === 'Failed')
    return { name: isAboutConfig(last) ? 'configError' : 'restartBackOff', container: name }
  if (last?.reason === 'BackOff') return { name: 'restartBackOff', container: name }
  // The kubelet looks at the image once more at each try, and then fails on the configuration again.
  if (last?.reason === 'Pulled' && isConfigWaiting(moment, name))
    return { name: 'configError', container: name }
  return { name: 'containerStart', container: name }
}

/** No event of the container yet: the Pod has no sandbox, or the kubelet has not seen that its turn has come. */
function betweenContainers(moment: Moment, { name }: Container): Step {
  if (!hasSandbox(moment)) return { name: isMountFailing(moment) ? 'volumes' : 'sandbox' }
  const placed = placedContainers(moment.pod)
  const previous = placed[placed.findIndex(({ container }) => container.name === name) - 1]
  // The kubelet goes on by itself after any other container; the exit of an init container it has to notice.
  return previous?.role === 'init' ? { name: 'kubeletSync' } : { name: 'containerStart', container: name }
}

/** The two are told apart only when volumes fail: the kubelet reports nothing between the first status and the sandbox. */
function isMountFailing(moment: Moment): boolean {
  return ['FailedMount', 'FailedAttachVolume'].includes(eventsSoFar(moment).at(-1)?.reason ?? '')
}

function hasSandbox(moment: Moment): boolean {
  return (
    isTrue(moment.pod, 'PodReadyToStartContainers') || eventsSoFar(moment).some((event) => event.container)
  )
}

/** Whether the kubelet has begun with the next start of a container that has exited. */
function hasBegun(moment: Moment, { container }: PlacedContainer, run: ContainerRun): boolean {
  const sinceMs = exitMs(moment.facts, run)
  return eventsSoFar(moment, container.name).some(
    (event) => event.atMs >= sinceMs && (event.reason === 'Pulled' || event.reason === 'Created'),
  )
}

function isAboutImage({ reason, message }: PodEvent): boolean {
  if (reason === 'ErrImageNeverPull' || reason === 'InspectFailed') return true
  if (reason === 'BackOff') return message.startsWith('Back-off pulling image')
  return (
    reason === 'Failed' &&
    /^Failed to pull image|^Error: (ErrImage|ImagePullBackOff|InvalidImageName)/.test(message)
  )
}

function isAboutConfig({ message }: PodEvent): boolean {
  return /^Error: (configmap|secret) |couldn't find key/.test(message)
}

function isConfigWaiting(moment: Moment, name: string): boolean {
  return statusAt(moment, name)?.state?.waiting?.reason === 'CreateContainerConfigError'
}

/** Whether the kubelet starts the container anew. Source: pkg/kubelet/container/helpers.go:ShouldContainerBeRestarted. */
export function willStartAgain(pod: Pod, { container, role }: PlacedContainer, run: ContainerRun): boolean {
  if (role === 'sidecar') return true
  const exitCode = run.exit?.exitCode ?? 0
  const policy = container.restartPolicy ?? pod.spec?.restartPolicy ?? 'Always'
  const rule = container.restartPolicyRules?.find(
    ({ exitCodes }) => exitCodes && matches(exitCodes, exitCode),
  )
  if (rule) return rule.action === 'Restart' || rule.action === 'RestartAllContainers'
  if (role === 'init') return exitCode !== 0 && policy !== 'Never'
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0)
}

type ExitCodes = NonNullable<NonNullable<Container['restartPolicyRules']>[number]['exitCodes']>

function matches({ operator, values = [] }: ExitCodes, exitCode: number): boolean {
  return values.includes(exitCode) === (operator === 'In')
}
