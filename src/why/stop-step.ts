// What a Pod that is being deleted waits for: its containers are stopped side by side, the slowest one counts.

import { isRunning, exitMs, lastRun } from './moment.ts'
import type { Moment } from './moment.ts'
import type { ContainerRun } from './container-run.ts'
import { isHookRunning } from './post-start.ts'
import type { Step } from './step.ts'
import type { Stop } from './stop.ts'

/** The step of a deleted Pod. */
export function deletionStep(moment: Moment): Step {
  const { pod } = moment
  const running = moment.facts.runs.filter((run) => isRunning(moment, run))
  const slowest = slowestOf(moment, running)
  if (slowest) return slowestStep(moment, slowest, running)
  const isEmptied = pod.metadata?.deletionGracePeriodSeconds === 0 || !pod.spec?.nodeName
  return { name: isEmptied && pod.metadata?.finalizers?.length ? 'finalizers' : 'teardown' }
}

function slowestStep(moment: Moment, run: ContainerRun, running: readonly ContainerRun[]): Step {
  const stop = moment.facts.stops.get(run)
  if (!stop || stop.killing.atMs > moment.atMs) return unnoticedStep(moment, run)
  // TERM of a sidecar waits for the regular containers and for the sidecars behind it. Source: kubernetes/03 3.4.
  const before = stop.hookEnd.atMs <= moment.atMs ? slowestOf(moment, stoppedBefore(run, running)) : undefined
  return before ? slowestStep(moment, before, running) : runStopStep(stop, moment.atMs)
}

/** The kubelet has not begun to stop it: it is still busy with what it did before, or has not seen the deletion. */
function unnoticedStep(moment: Moment, run: ContainerRun): Step {
  const last = lastRun(moment, run.container.name)
  const isBusy = last === run && run.container.lifecycle?.postStart && isHookRunning(moment, run)
  return isBusy ? { name: 'postStart', container: run.container.name } : { name: 'kubelet' }
}

function stoppedBefore(run: ContainerRun, running: readonly ContainerRun[]): readonly ContainerRun[] {
  if (run.role !== 'sidecar') return []
  const place = running.indexOf(run)
  return running.filter(({ role }, index) => role === 'container' || (role === 'sidecar' && index > place))
}

function slowestOf(moment: Moment, runs: readonly ContainerRun[]): ContainerRun | undefined {
  let slowest: ContainerRun | undefined
  for (const run of runs) {
    if (!slowest || exitMs(moment.facts, run) > exitMs(moment.facts, slowest)) slowest = run
  }
  return slowest
}

/** Where one container is on its way from Killing to its exit. */
export function runStopStep({ run, hookEnd, isKilled }: Stop, atMs: number): Step {
  const container = run.container.name
  if (atMs < hookEnd.atMs) return { name: 'preStop', container }
  return { name: isKilled ? 'gracePeriod' : 'TERM', container }
}
