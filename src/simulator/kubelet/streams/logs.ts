// Answers `kubectl logs`: which container it means, what may be read, and in which form.

import type { Pod } from '../../../pod/json.ts'
import { containerStatus } from '../../../pod/containers.ts'
import { badRequest } from '../../store/api-error.ts'
import type { KubeletParts } from '../parts.ts'
import type { Container } from '../runtime/container.ts'
import type { LogLine } from '../runtime/container-log.ts'

/** PodLogOptions, already validated. */
export interface LogOptions {
  readonly follow: boolean
  readonly previous: boolean
  readonly timestamps: boolean
  readonly sinceMs?: number | undefined
  readonly tailLines?: number | undefined
  readonly limitBytes?: number | undefined
}

export interface LogSink {
  write(chunk: Uint8Array): void
  end(): void
}

/**
 * Refuses what the container's state does not allow; what is there is written on open.
 * Source: pkg/kubelet/kubelet_pods.go:validateContainerLogStatus, kuberuntime/logs. @throws ApiError
 */
export function containerLogs(
  parts: KubeletParts,
  pod: Pod,
  name: string,
  options: LogOptions,
): { open(sink: LogSink): () => void } {
  const id = readableContainer(parts, pod, name, options.previous)
  const container = parts.runtime.container(pod.metadata?.uid ?? '', id)
  return { open: (sink) => (container ? write(container, options, sink) : writeLost(id, sink)) }
}

/** The id of the container whose log is meant; the status manager's status counts, not the API's. */
function readableContainer(parts: KubeletParts, pod: Pod, name: string, previous: boolean): string {
  const status = parts.statuses.status(pod.metadata?.uid ?? '') ?? pod.status ?? {}
  const found = containerStatus({ ...pod, status }, name)
  const podName = pod.metadata?.name ?? ''
  const wanted = `container "${name}" in pod "${podName}"`
  if (!found) throw badRequest(`${wanted} is not available`)
  const { state, lastState } = found
  const idOf = (text: string | undefined) => text?.replace('containerd://', '')
  if (previous) {
    const id = idOf(lastState?.terminated?.containerID)
    if (!id) throw badRequest(`previous terminated ${wanted.replace(' in', ' in')} not found`)
    return id
  }
  const current = idOf(state?.running ? found.containerID : state?.terminated?.containerID)
  if (current) return current
  if (state?.terminated) {
    throw badRequest(`${wanted} is terminated`)
  }
  // A container that waits to be restarted shows what its last instance wrote.
  const last = idOf(lastState?.terminated?.containerID)
  if (last) return last
  throw badRequest(waitingText(wanted, state?.waiting))
}

/** Reasons of a pull that went wrong have words of their own. */
function waitingText(wanted: string, waiting: { readonly reason?: string } | undefined): string {
  const { reason = '' } = waiting ?? {}
  switch (reason) {
    case '':
      return `${wanted} is waiting to start - no logs yet`
    case 'ErrImagePull':
      return `${wanted} is waiting to start: image can't be pulled`
    case 'ImagePullBackOff':
      return `${wanted} is waiting to start: trying and failing to pull image`
    default:
      return `${wanted} is waiting to start: ${reason}`
  }
}

/** A container that the node has already removed (recording rp-always-exit1: logs --previous). */
function writeLost(id: string, sink: LogSink): () => void {
  sink.write(Buffer.from(`unable to retrieve container logs for containerd://${id}`))
  sink.end()
  return () => {}
}

function write({ log }: Container, options: LogOptions, sink: LogSink): () => void {
  let leftBytes = options.limitBytes ?? Infinity
  const send = (line: LogLine) => {
    if (leftBytes <= 0) return
    const text = Buffer.from(
      options.timestamps ? `${logTimestamp(line.atMs)} ${line.text}\n` : `${line.text}\n`,
    )
    sink.write(text.subarray(0, Math.min(text.length, leftBytes)))
    leftBytes -= text.length
  }
  const since = log.lines.filter(({ atMs }) => options.sinceMs === undefined || atMs >= options.sinceMs)
  const { tailLines } = options
  for (const line of tailLines === undefined ? since : tailLines === 0 ? [] : since.slice(-tailLines))
    send(line)
  if (!options.follow || log.isClosed) {
    sink.end()
    return () => {}
  }
  return log.follow(send, () => sink.end())
}

/** RFC 3339 with nanoseconds, as log files have it. */
function logTimestamp(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 23)}000000Z`
}
