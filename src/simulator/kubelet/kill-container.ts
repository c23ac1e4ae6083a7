// Ends one running container: event, preStop, its turn among the sidecars, stop signal, KILL.

import { isSidecar } from '../../pod/containers.ts'
import type { Container } from '../../pod/json.ts'
import type { Pod } from '../kinds/pod/pod.ts'
import { MINIMUM_GRACE_SECONDS } from './grace.ts'
import { type KubeletParts, podEvent, uidOf } from './parts.ts'
import type { ContainerList, KillInput } from './running-container.ts'
import type { Work } from './work.ts'

/** Source: pkg/kubelet/kuberuntime/kuberuntime_container.go:killContainer. */
export function* killContainer(parts: KubeletParts, input: KillInput): Work {
  const { pod, container, list, running, order } = input
  const { rules, runtime } = parts
  const message = input.message ?? `Stopping container ${container.name}`
  podEvent(parts, pod, {
    type: 'Normal',
    reason: 'Killing',
    message,
    container: { list, name: container.name },
  })
  let graceSeconds = rules.graceSeconds(input)
  graceSeconds -= yield* rules.runPreStop(parts, { pod, container, list, running }, graceSeconds)
  if (order && graceSeconds > 0) graceSeconds -= yield* order.turnOf(container.name, graceSeconds)
  graceSeconds = Math.max(graceSeconds, MINIMUM_GRACE_SECONDS)
  yield* runtime.stopContainer(running, graceSeconds * 1_000)
  order?.ended(container.name)
}

/** A container of the pod's spec by its name; one that the spec no longer has is taken as it runs. */
export function specOf(
  pod: Pod,
  name: string,
): { readonly container: Container; readonly list: ContainerList } {
  const { containers = [], initContainers = [], ephemeralContainers = [] } = pod.spec ?? {}
  const regular = containers.find((one) => one.name === name)
  if (regular) return { container: regular, list: 'containers' }
  const init = initContainers.find((one) => one.name === name)
  if (init) return { container: init, list: 'initContainers' }
  const ephemeral = ephemeralContainers.find((one) => one.name === name)
  return { container: ephemeral ?? { name }, list: 'ephemeralContainers' }
}

/** The running containers of a pod with what its spec says of them. */
export function runningContainers(parts: KubeletParts, pod: Pod) {
  return parts.runtime
    .containers(uidOf(pod))
    .filter(({ state }) => state === 'Running')
    .map((running) => ({ running, ...specOf(pod, running.config.name) }))
}

/** Whether sidecars have to wait for others at the end of the pod. */
export function hasSidecars({ spec }: Pod): boolean {
  return (spec?.initContainers ?? []).some(isSidecar)
}
