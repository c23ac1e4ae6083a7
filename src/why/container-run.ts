// The instances of a Pod's containers: when each was started, shown as running, asked to stop, and when it exited.

import { isSidecar } from '../pod/containers.ts'
import type { Container, Pod } from '../pod/json.ts'
import { instancesOf } from './container-instance.ts'
import type { Exit, Instance } from './container-instance.ts'
import { TIMESTAMP_MS, exactly, narrowed } from './mark.ts'
import type { Mark } from './mark.ts'
import type { PodEvent } from './pod-event.ts'
import type { PodRecord } from './pod-record.ts'

/** One start of one container. Marks that the history does not (yet) hold are undefined. */
export interface ContainerRun {
  readonly container: Container
  readonly role: ContainerRole
  readonly started: Mark
  /** When the API first showed it running. */
  readonly shown?: Mark
  /** When the kubelet said that it stops it, and why. */
  readonly killing?: Mark & { readonly message: string }
  readonly exit?: Exit
}

export type ContainerRole = 'init' | 'sidecar' | 'container'

/** A container with its place in the life of its Pod. */
export interface PlacedContainer {
  readonly container: Container
  readonly role: ContainerRole
}

/** Init containers and sidecars in their order, then the regular containers: the order in which the kubelet starts them. */
export function placedContainers(pod: Pod): readonly PlacedContainer[] {
  const init = (pod.spec?.initContainers ?? []).map((container) => ({
    container,
    role: isSidecar(container) ? ('sidecar' as const) : ('init' as const),
  }))
  const regular = (pod.spec?.containers ?? []).map((container) => ({ container, role: 'container' as const }))
  return [...init, ...regular]
}

/** Every start of every container of a Pod, in the order of the containers, then of time. */
export function containerRuns(record: PodRecord): readonly ContainerRun[] {
  const pod = record.states.at(-1)?.pod
  return pod ? placedContainers(pod).flatMap((placed) => runsOf(record, placed)) : []
}

function runsOf(record: PodRecord, { container, role }: PlacedContainer): ContainerRun[] {
  const events = record.events.filter((event) => event.container === container.name)
  const instances = instancesOf(record.states, container.name)
  const starts = joinStarts(
    events.filter((event) => event.reason === 'Started'),
    instances,
  )
  return starts.map(({ started, instance }, index) => {
    const endMs = starts[index + 1]?.started.atMs ?? Infinity
    const exit = instance?.exit && exitOf(record, container.name, instance.exit, [started.atMs, endMs])
    const killing = events.findLast(
      ({ reason, atMs }) => reason === 'Killing' && atMs >= started.atMs && atMs < endMs,
    )
    return {
      container,
      role,
      started,
      ...(instance?.shown && { shown: instance.shown }),
      ...(killing && { killing: { ...exactly(killing.atMs, 'event'), message: killing.message } }),
      ...(exit && { exit }),
    }
  })
}

/** The exit as exactly as it is known: to the millisecond where the node can be seen. */
function exitOf(
  { nodeNotes }: PodRecord,
  name: string,
  exit: Exit,
  [fromMs, toMs]: readonly [number, number],
): Exit {
  const seen = nodeNotes.find(
    ({ what, container, happenedAtMs }) =>
      what === 'exited' &&
      container === name &&
      happenedAtMs < toMs &&
      happenedAtMs >= exit.earliestMs - TIMESTAMP_MS &&
      happenedAtMs <= exit.latestMs,
  )
  // It may have exited before the event which says that it was started.
  return seen
    ? { ...exit, ...exactly(Math.max(seen.happenedAtMs, fromMs), 'node') }
    : narrowed(exit, fromMs, Infinity)
}

interface Start {
  readonly started: Mark
  readonly instance?: Instance
}

/** A Started event may be emitted so long before or after the second that the runtime notes for the start. */
const START_SLACK_MS = 2_500

/** Joins Started events and instances of one container: an instance without an event has the kubelet's whole seconds. */
function joinStarts(events: readonly PodEvent[], instances: readonly Instance[]): Start[] {
  const left = [...events]
  const joined: Start[] = instances.map((instance) => {
    const { atMs } = instance.started
    const found = left.findIndex(
      (event) => event.atMs >= atMs - START_SLACK_MS && event.atMs <= atMs + START_SLACK_MS,
    )
    const [event] = found < 0 ? [] : left.splice(found, 1)
    return { started: event ? exactly(event.atMs, 'event') : instance.started, instance }
  })
  const alone = left.map((event) => ({ started: exactly(event.atMs, 'event') }))
  return [...joined, ...alone].toSorted((a, b) => a.started.atMs - b.started.atMs)
}
