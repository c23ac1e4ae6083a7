// Fields of a pod and resources of its containers, as its containers see them.

import type { Container, PodStatus } from '../../../pod/json.ts'
import { parseQuantity } from '../../../pod/quantity.ts'
import type { Pod } from '../../kinds/pod/pod.ts'
import { ConfigError } from './config-error.ts'

/** What a field can refer to beside the pod. */
export interface DownwardFacts {
  readonly pod: Pod
  readonly podIP: string
  readonly hostIP: string
  readonly nodeName: string
}

/** The text of a fieldRef. Source: pkg/fieldpath/fieldpath.go, kubelet_pods.go:podFieldSelectorRuntimeValue. */
export function fieldValue(path: string, { pod, podIP, hostIP, nodeName }: DownwardFacts): string {
  const { metadata, spec } = pod
  const subscript = /^metadata\.(annotations|labels)\['(.*)'\]$/.exec(path)
  if (subscript) return metadata[subscript[1] as 'annotations' | 'labels']?.[subscript[2] ?? ''] ?? ''
  switch (path) {
    case 'metadata.name':
      return metadata.name ?? ''
    case 'metadata.namespace':
      return metadata.namespace ?? ''
    case 'metadata.uid':
      return metadata.uid ?? ''
    case 'metadata.labels':
      return formatMap(metadata.labels)
    case 'metadata.annotations':
      return formatMap(metadata.annotations)
    case 'spec.nodeName':
      return spec?.nodeName ?? nodeName
    case 'spec.serviceAccountName':
      return spec?.serviceAccountName ?? ''
    case 'status.podIP':
    case 'status.podIPs':
      return podIP
    case 'status.hostIP':
    case 'status.hostIPs':
      return hostIP
    default:
      throw new ConfigError(`unsupported fieldPath: ${path}`)
  }
}

/** One `key="value"` a line, sorted by key (fieldpath.go:FormatMap). */
function formatMap(map: Readonly<Record<string, string>> | undefined): string {
  return Object.entries(map ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join('\n')
}

/** What a resourceFieldRef asks for. */
export interface ResourceField {
  readonly resource: string
  readonly containerName?: string
  readonly divisor?: string | number | undefined
}

/**
 * The number of a resourceFieldRef, rounded up to a multiple of its divisor; without a limit the node's own.
 * Source: pkg/api/v1/resource/helpers.go:ExtractContainerResourceValue.
 */
export function resourceValue(
  { resource, divisor }: ResourceField,
  container: Container,
  allocatable: Readonly<Record<string, string>>,
): string {
  const [kind = '', name = ''] = splitOnce(resource)
  const { limits = {}, requests = {} } = container.resources ?? {}
  const amount = kind === 'limits' ? (limits[name] ?? allocatable[name]) : (requests[name] ?? limits[name])
  if (kind !== 'limits' && kind !== 'requests')
    throw new ConfigError(`unsupported container resource : ${resource}`)
  const parts = parseQuantity(divisor === undefined || String(divisor) === '0' ? '1' : divisor).nanos
  const nanos = parseQuantity(amount ?? '0').nanos
  return String((nanos + parts - 1n) / parts)
}

function splitOnce(text: string): string[] {
  const index = text.indexOf('.')
  return [text.slice(0, index), text.slice(index + 1)]
}

/** The address of a pod, wherever it is known first. */
export function podIPOf(
  status: PodStatus | undefined,
  sandboxIP: string,
  hostIP: string,
  hostNetwork: boolean,
): string {
  return sandboxIP || status?.podIP || (hostNetwork ? hostIP : '')
}
