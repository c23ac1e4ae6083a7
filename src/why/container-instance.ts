// What the statuses of a Pod say of each instance of its containers.

import { containerStatus } from '../pod/containers.ts'
import type { ContainerStatus } from '../pod/json.ts'
import { TIMESTAMP_MS, between, exactly, narrowed } from './mark.ts'
import type { Mark } from './mark.ts'
import type { PodState } from './pod-record.ts'

/** How an instance ended. */
export interface Exit extends Mark {
  readonly exitCode: number
  readonly reason: string
}

/** What the statuses say of one instance, which its container id tells apart. */
export interface Instance {
  readonly started: Mark
  shown?: Mark
  exit?: Exit
}

/** The instances of a container that the states of its Pod show, in the order of their appearance. */
export function instancesOf(states: readonly PodState[], name: string): Instance[] {
  const instances = new Map<string, Instance>()
  for (const [index, { atMs, pod }] of states.entries()) {
    const status = containerStatus(pod, name)
    const previousMs = states[index - 1]?.atMs ?? -Infinity
    if (status) for (const seen of sightings(status)) note(instances, seen, previousMs, atMs)
  }
  return [...instances.values()]
}

interface Sighting {
  readonly id: string
  readonly startedAt: string
  readonly terminated?: Terminated
}

type Terminated = NonNullable<NonNullable<ContainerStatus['state']>['terminated']>

/** The previous instance and the present one, as far as they have started. */
function sightings({ lastState, state, containerID }: ContainerStatus): Sighting[] {
  const seen: Sighting[] = []
  for (const terminated of [lastState?.terminated, state?.terminated]) {
    // A container that the runtime failed to start (epoch 0), or has forgotten (none), has not run.
    if (!terminated?.startedAt || !terminated.finishedAt || Date.parse(terminated.startedAt) === 0) continue
    seen.push({
      id: terminated.containerID ?? terminated.startedAt,
      startedAt: terminated.startedAt,
      terminated,
    })
  }
  const startedAt = state?.running?.startedAt
  if (startedAt) seen.push({ id: containerID ?? startedAt, startedAt })
  return seen
}

function note(instances: Map<string, Instance>, seen: Sighting, previousMs: number, atMs: number): void {
  const known = instances.get(seen.id)
  const instance: Instance = known ?? { started: timestamp(seen.startedAt, -Infinity, atMs) }
  instances.set(seen.id, instance)
  if (!seen.terminated) instance.shown ??= exactly(atMs, 'watch')
  else if (!instance.exit) {
    const { exitCode, reason = '', finishedAt } = seen.terminated
    // It was running at the state before if that showed it so.
    const earliestMs = instance.shown ? previousMs : -Infinity
    instance.exit = { ...timestamp(String(finishedAt), earliestMs, atMs), exitCode, reason }
  }
}

/** An instant of the kubelet: cut to the second, and before its arrival here. */
function timestamp(text: string, earliestMs: number, arrivedMs: number): Mark {
  const atMs = Date.parse(text)
  return narrowed(between(atMs, atMs + TIMESTAMP_MS - 1, 'kubelet timestamp'), earliestMs, arrivedMs)
}
