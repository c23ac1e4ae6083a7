// What claims about one container have in common: finding it, and what its Pod showed of it.

import { podOf } from '../../history/rows.ts'
import type { ObjectChange } from '../../history/entry.ts'
import { closest } from '../../cluster/closest.ts'
import { allContainers, containerStatus, findContainer } from '../../pod/containers.ts'
import type { ContainerStatus } from '../../pod/json.ts'
import { endedBecause } from '../pod/ended.ts'
import type { Trial } from '../trial.ts'

/** The status of a container in a change; undefined before it has one. Fails the claim if the Pod has no such container. */
export function statusIn(trial: Trial, change: ObjectChange, container: string): ContainerStatus | undefined {
  const pod = podOf(change)
  if (!pod) return undefined
  if (!findContainer(pod, container))
    throw noSuchContainer(
      trial,
      container,
      allContainers(pod.spec).map((found) => found.container.name),
    )
  return containerStatus(pod, container)
}

function noSuchContainer(trial: Trial, container: string, names: readonly string[]): Error {
  const meant = closest(container, names)
  return trial.refute({
    expected: `a container "${container}"`,
    received: `the Pod has ${names.map((name) => `"${name}"`).join(', ')}`,
    ...(meant !== undefined && { next: `did you mean "${meant}"?` }),
  })
}

/** A container's state in words: `is running`, `has exited with 1 (Error)`, `is waiting (PodInitializing)`. */
export function stateText(status: ContainerStatus | undefined): string {
  const { running, terminated, waiting } = status?.state ?? {}
  if (terminated)
    return `has exited with ${terminated.exitCode}${terminated.reason ? ` (${terminated.reason})` : ''}`
  if (running) return 'is running'
  return waiting?.reason ? `is waiting (${waiting.reason})` : 'is not created yet'
}

/** What is to be said of a container whose claim did not come true. */
export function received(trial: Trial, container: string): string {
  const { last } = trial
  if (!last) return 'no Pod of that name'
  const ended = endedBecause(last)
  const state = `${container} ${stateText(statusIn(trial, last, container))}`
  return ended === undefined ? state : `${state}; ${ended}`
}
