// How one container was stopped: its preStop hook, then TERM, then perhaps KILL, each with its instant.

import type { ContainerRun } from './container-run.ts'
import { declaredSleepMs } from './declared-sleep.ts'
import { TIMESTAMP_MS, exactly, narrowed } from './mark.ts'
import type { Mark } from './mark.ts'
import { WATCH_LAG_MS } from './pod-record.ts'
import type { PodRecord } from './pod-record.ts'

/** The stop of a container that the kubelet killed. */
export interface Stop {
  readonly run: ContainerRun
  /** The kubelet begins: a preStop hook runs from here. */
  readonly killing: Mark
  /** The hook has ended, or has used up the grace period: the stop signal may be sent. Equal to `killing` without a hook. */
  readonly hookEnd: Mark
  readonly graceMs: number
  /** When it exited; undefined while it still runs. */
  readonly exit: Mark | undefined
  /** Whether it still ran when the grace was over, so that KILL ended it. */
  readonly isKilled: boolean
}

/** The stop of a run; undefined for one that was never asked to stop. */
export function stopOf(record: PodRecord, run: ContainerRun): Stop | undefined {
  const { killing, exit } = run
  if (!killing) return undefined
  const graceMs = graceMsOf(record, run)
  const isKilled = isKilledAtEndOfGrace(run, graceMs)
  const hookEnd = hookEndOf(record, run, graceMs)
  // It cannot have exited before the end of what it had to wait for.
  const earliestExitMs = isKilled ? killing.atMs + graceMs : hookEnd.earliestMs
  return {
    run,
    killing,
    hookEnd,
    graceMs,
    exit: exit && (exit.source === 'node' ? exit : narrowed(exit, earliestExitMs, Infinity)),
    isKilled,
  }
}

/** How long the container had. Source: kuberuntime_container.go:setTerminationGracePeriod; a later, shorter grace does not count (recording delete-grace-override). */
function graceMsOf(record: PodRecord, { container, killing }: ContainerRun): number {
  const deletion = record.states.find(({ pod }) => pod.metadata?.deletionTimestamp)
  const spec = record.states[0]?.pod.spec
  const ofPod = spec?.terminationGracePeriodSeconds ?? 30
  if (deletion && killing && killing.atMs >= deletion.atMs - WATCH_LAG_MS) {
    return (deletion.pod.metadata?.deletionGracePeriodSeconds ?? ofPod) * 1_000
  }
  const [, probe] = /failed (liveness|startup) probe/.exec(killing?.message ?? '') ?? []
  const failed = probe === 'startup' ? container.startupProbe : container.livenessProbe
  return ((probe ? failed?.terminationGracePeriodSeconds : undefined) ?? ofPod) * 1_000
}

function isKilledAtEndOfGrace({ killing, exit }: ContainerRun, graceMs: number): boolean {
  if (!killing || exit?.exitCode !== 137 || exit.reason === 'OOMKilled') return false
  return exit.latestMs >= killing.atMs + graceMs - TIMESTAMP_MS
}

/**
 * When the preStop hook was over. The API does not show it: unless the node can be seen, it is taken from what bounds it, which is
 * the failure event, what the hook declares, the grace period, the exit of the container. Source: kuberuntime_container.go:killContainer.
 */
function hookEndOf(record: PodRecord, { container, killing, exit }: ContainerRun, graceMs: number): Mark {
  const beginMs = killing?.atMs ?? 0
  const preStop = container.lifecycle?.preStop
  if (!preStop || graceMs === 0) return exactly(beginMs, 'event')
  const endOfGraceMs = beginMs + graceMs
  const latestMs = Math.min(endOfGraceMs, exit?.latestMs ?? Infinity)
  const seen = record.nodeNotes.find(
    ({ what, container: name, happenedAtMs }) =>
      what === 'preStop ended' && name === container.name && happenedAtMs >= beginMs,
  )
  if (seen) return exactly(seen.happenedAtMs, 'node')
  const failure = record.events.find(
    ({ reason, container: name, atMs }) =>
      reason === 'FailedPreStopHook' && name === container.name && atMs >= beginMs && atMs < latestMs,
  )
  if (failure) return exactly(failure.atMs, 'event')
  // Whoever exits later than its grace had a hook that used it up: TERM then still gets two seconds.
  if (exit && exit.latestMs >= endOfGraceMs + TIMESTAMP_MS) return exactly(endOfGraceMs, 'spec')
  const declaredMs = declaredSleepMs(preStop)
  const earliestMs = Math.min(beginMs + declaredMs, latestMs)
  if (preStop.sleep) return exactly(earliestMs, 'spec')
  // A hook that declares nothing is taken to fill the time: the bounds say that this is a guess.
  return { atMs: declaredMs > 0 ? earliestMs : latestMs, earliestMs, latestMs, source: 'spec' }
}
