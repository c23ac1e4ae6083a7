// Decides which step a Pod is in at a moment, from what its API object and its events said, and from hindsight.

import { isTrue } from '../pod/conditions.ts'
import { placedContainers } from './container-run.ts'
import type { PlacedContainer } from './container-run.ts'
import { lastRun, isRunning, statusAt } from './moment.ts'
import type { Moment } from './moment.ts'
import { startStep } from './start-step.ts'
import type { Step } from './step.ts'
import { deletionStep } from './stop-step.ts'

/** The step at a moment: every instant of a Pod's life has exactly one. */
export function stepAt(moment: Moment): Step {
  const { facts, atMs, pod, isGone } = moment
  if (isGone) return { name: 'ended' }
  if (facts.deletedAtMs !== undefined && atMs >= facts.deletedAtMs) return deletionStep(moment)
  if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') return { name: 'ended' }
  if (pod.spec?.schedulingGates?.length) return { name: 'schedulingGates' }
  if (!pod.spec?.nodeName) return { name: 'scheduling' }
  if (!pod.status?.startTime) return { name: 'kubelet' }
  return startStep(moment) ?? servingStep(moment)
}

/** Everything that has to run runs: what is missing until the Pod is Ready? */
function servingStep(moment: Moment): Step {
  const { pod, atMs } = moment
  const active = placedContainers(pod).filter((placed) => isActive(moment, placed))
  if (active.every(({ role }) => role !== 'container')) return { name: 'kubeletSync' }
  for (const { container } of active) {
    const shown = lastRun(moment, container.name)?.shown
    if (!shown || shown.atMs > atMs) return { name: 'statusReport' }
  }
  for (const { container } of active) {
    const status = statusAt(moment, container.name)
    if (container.startupProbe && !status?.started) return { name: 'startupProbe', container: container.name }
  }
  for (const { container } of active) {
    const status = statusAt(moment, container.name)
    if (container.readinessProbe && !status?.ready)
      return { name: 'readinessProbe', container: container.name }
  }
  if (pod.spec?.readinessGates?.length && !isTrue(pod, 'Ready')) return { name: 'readinessGates' }
  return { name: 'running' }
}

function isActive(moment: Moment, { container }: PlacedContainer): boolean {
  const run = lastRun(moment, container.name)
  return run !== undefined && isRunning(moment, run)
}
