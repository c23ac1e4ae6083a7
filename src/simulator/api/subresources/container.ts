// Which container of a Pod a request means, and the node that runs it.

import type { Pod } from '../../../pod/json.ts'
import { allContainers } from '../../../pod/containers.ts'
import { ApiError, badRequest, notFoundError } from '../../store/api-error.ts'
import type { Server } from '../api.ts'
import type { Call } from '../call.ts'
import type { NodeStreams } from '../node-streams.ts'

/** The Pod of the path, or a 404. */
export function podOf({ registry, route }: Call): Pod {
  const { kind, namespace, name = '' } = route
  return registry.get(kind, { namespace, name }) as Pod
}

/**
 * The named container, or the only one. The annotation that names a default container is the client's affair
 * (pkg/registry/core/pod/strategy.go:podHasContainerWithName, LogLocation, streamLocation).
 */
export function containerOf(pod: Pod, asked: string): string {
  const names = allContainers(pod.spec).map(({ container }) => container.name)
  const podName = pod.metadata?.name ?? ''
  if (asked) {
    if (!names.includes(asked)) throw badRequest(`container ${asked} is not valid for pod ${podName}`)
    return asked
  }
  const [only, ...others] = names
  if (only === undefined) throw badRequest(`a container name must be specified for pod ${podName}`)
  if (others.length === 0) return only
  throw badRequest(
    `a container name must be specified for pod ${podName}, choose one of: [${inLogOrder(pod).join(' ')}]`,
  )
}

/** The node of a Pod that has one; a 400 before it is bound, and a 404 of the Pod's node if that does not exist. */
export function nodeStreamsOf({ nodeStreams }: Server, { registry }: Call, pod: Pod): NodeStreams {
  const nodeName = pod.spec?.nodeName
  const podName = pod.metadata?.name ?? ''
  if (!nodeName) throw badRequest(`pod ${podName} does not have a host assigned`)
  const streams = nodeStreams(nodeName)
  if (streams) return streams
  if (!registry.store.get('nodes', { name: nodeName }))
    throw notFoundError({ group: '', plural: 'pods' }, podName)
  throw new ApiError(500, 'InternalError', `Internal error occurred: node ${nodeName} does not answer`)
}

function inLogOrder(pod: Pod): readonly string[] {
  const { initContainers = [], containers = [], ephemeralContainers = [] } = pod.spec ?? {}
  return [...initContainers, ...containers, ...ephemeralContainers].map(({ name }) => name)
}
