// Finding the containers of a Pod and their statuses by name.

import type { Container, ContainerStatus, EphemeralContainer, Pod, PodSpec } from './json.ts'

/** Which of the three lists of a Pod holds the container. */
export type ContainerRole = 'container' | 'init' | 'ephemeral'

/** A container of a Pod and its place. */
export interface FoundContainer {
  readonly role: ContainerRole
  readonly container: Container | EphemeralContainer
  readonly index: number
}

/** A sidecar is an init container that is restarted always and runs beside the regular containers. */
export function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always'
}

/** All containers in the order in which Kubernetes lists their names: init, regular, ephemeral. */
export function allContainers(spec: PodSpec | undefined): readonly FoundContainer[] {
  const found = (role: ContainerRole, list: readonly (Container | EphemeralContainer)[] | undefined) =>
    (list ?? []).map((container, index) => ({ role, container, index }))
  return [
    ...found('init', spec?.initContainers),
    ...found('container', spec?.containers),
    ...found('ephemeral', spec?.ephemeralContainers),
  ]
}

/** The container of that name, if the Pod has it. */
export function findContainer(pod: Pod, name: string): FoundContainer | undefined {
  return allContainers(pod.spec).find(({ container }) => container.name === name)
}

/** All container statuses: init, regular, ephemeral. */
export function allContainerStatuses(pod: Pod): readonly ContainerStatus[] {
  const {
    initContainerStatuses = [],
    containerStatuses = [],
    ephemeralContainerStatuses = [],
  } = pod.status ?? {}
  return [...initContainerStatuses, ...containerStatuses, ...ephemeralContainerStatuses]
}

/** The status of the container of that name, once the Pod has one. */
export function containerStatus(pod: Pod, name: string): ContainerStatus | undefined {
  return allContainerStatuses(pod).find((status) => status.name === name)
}
