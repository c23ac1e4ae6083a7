// What keeps the containers of a Pod from running: the kubelet starts them one after the other.

import { placedContainers } from './container-run.ts'
import type { ContainerRun, PlacedContainer } from './container-run.ts'
import { eventsSoFar, exitMs, isRunning, lastRun, statusAt } from './moment.ts'
import type { Moment } from './moment.ts'
import { isHookRunning } from './post-start.ts'
import { willStartAgain } from './restart-policy.ts'
import type { Step, StepName } from './step.ts'
import { runStopStep } from './stop-step.ts'
import { waitingStep } from './waiting-step.ts'

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

/** Whether the kubelet has begun with the next start of a container that has exited. */
function hasBegun(moment: Moment, { container }: PlacedContainer, run: ContainerRun): boolean {
  const sinceMs = exitMs(moment.facts, run)
  return eventsSoFar(moment, container.name).some(
    (event) => event.atMs >= sinceMs && (event.reason === 'Pulled' || event.reason === 'Created'),
  )
}
