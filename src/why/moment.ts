// What is known of a Pod around one instant: what steps and causes are judged by.

import { containerStatus } from '../pod/containers.ts'
import type { ContainerStatus, Pod } from '../pod/json.ts'
import { containerRuns } from './container-run.ts'
import type { ContainerRun } from './container-run.ts'
import { WATCH_LAG_MS } from './pod-record.ts'
import type { PodEvent } from './pod-event.ts'
import type { PodRecord } from './pod-record.ts'
import { stopOf } from './stop.ts'
import type { Stop } from './stop.ts'

/** All that the history tells of a Pod's life, looked up once. */
export interface LifeFacts {
  readonly record: PodRecord
  readonly runs: readonly ContainerRun[]
  readonly stops: ReadonlyMap<ContainerRun, Stop>
  /** When its deletion was accepted; undefined while nobody has deleted it. */
  readonly deletedAtMs: number | undefined
}

/** A Pod at an instant: its object as the API last showed it, and what is known of its containers (also by hindsight). */
export interface Moment {
  readonly facts: LifeFacts
  readonly atMs: number
  readonly pod: Pod
  readonly isGone: boolean
}

export function lifeFacts(record: PodRecord): LifeFacts {
  const runs = containerRuns(record)
  const stops = new Map<ContainerRun, Stop>()
  for (const run of runs) {
    const stop = stopOf(record, run)
    if (stop) stops.set(run, stop)
  }
  return { record, runs, stops, deletedAtMs: deletionMs(record) }
}

/** The Pod at an instant; undefined before its first state. */
export function momentAt(facts: LifeFacts, atMs: number): Moment | undefined {
  const state = facts.record.states.findLast((each) => each.atMs <= atMs)
  return state && { facts, atMs, pod: state.pod, isGone: state.type === 'DELETED' }
}

/** The events that had been emitted by then, about one container if it is named. */
export function eventsSoFar({ facts, atMs }: Moment, container?: string): readonly PodEvent[] {
  return facts.record.events.filter(
    (event) => event.atMs <= atMs && (container === undefined || event.container === container),
  )
}

/** The last start of a container by then. */
export function lastRun({ facts, atMs }: Moment, container: string): ContainerRun | undefined {
  return facts.runs.findLast((run) => run.container.name === container && run.started.atMs <= atMs)
}

export function isRunning({ facts, atMs }: Moment, run: ContainerRun): boolean {
  return run.started.atMs <= atMs && exitMs(facts, run) > atMs
}

/** When a run ended; Infinity as long as that is not known. */
export function exitMs(facts: LifeFacts, run: ContainerRun): number {
  return (facts.stops.get(run)?.exit ?? run.exit)?.atMs ?? Infinity
}

/** The container's status as the API showed it then. */
export function statusAt({ pod }: Moment, container: string): ContainerStatus | undefined {
  return containerStatus(pod, container)
}

function deletionMs({ states, events }: PodRecord): number | undefined {
  const shown =
    states.find(({ pod }) => pod.metadata?.deletionTimestamp)?.atMs ??
    states.find(({ type }) => type === 'DELETED')?.atMs
  if (shown === undefined) return undefined
  const killing = events.find(
    ({ reason, message, atMs }) =>
      reason === 'Killing' && message.startsWith('Stopping container') && atMs >= shown - WATCH_LAG_MS,
  )
  return Math.min(shown, killing?.atMs ?? shown)
}
