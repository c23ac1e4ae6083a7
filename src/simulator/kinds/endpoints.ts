// The kind Endpoints: where the traffic of a Service goes, in its old form.

import type { CoreV1EndpointPort, V1EndpointSubset, V1Endpoints } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import type { Json } from '../../pod/json.ts'
import type { FieldError, FieldPath } from '../store/field-error.ts'
import { invalid, notSupported, required } from '../store/field-error.ts'
import { portNumberMistakes } from '../../pod/names.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column } from './columns.ts'
import { fillZero, mapShared, replace } from './defaulting.ts'
import { ipMistakes } from './ip.ts'
import { isEqual } from '../store/equality.ts'

export type Endpoints = Stored<V1Endpoints>
type Subset = Json<V1EndpointSubset>

const PROTOCOLS = ['SCTP', 'TCP', 'UDP']
/** So many addresses fit into a row. */
const MAX_SHOWN = 3

export const endpoints: Kind<Endpoints> = {
  group: '',
  version: 'v1',
  kind: 'Endpoints',
  plural: 'endpoints',
  singular: 'endpoints',
  shortNames: ['ep'],
  namespaced: true,

  defaults: (object) =>
    replace(object, { subsets: object.subsets && mapShared(object.subsets, subsetDefaults) }),
  validate: mistakes,
  validateUpdate: (object, old) => (isEqual(object.subsets, old.subsets) ? [] : mistakes(object)),
  warnings: () => ['v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice'],
  columns: [NAME_COLUMN, column('Endpoints'), AGE_COLUMN],
  cells: ({ metadata, subsets = [] }, atMs) => [
    metadata.name ?? '',
    formatSubsets(subsets),
    age(metadata.creationTimestamp, atMs),
  ],
}

function subsetDefaults(subset: Subset): Subset {
  return replace(subset, {
    ports: subset.ports && mapShared(subset.ports, (port) => fillZero(port, { protocol: 'TCP' })),
  })
}

/** Only addresses that are ready; three of them, and how many more. Source: printers.go:formatEndpoints. */
function formatSubsets(subsets: readonly Subset[]): string {
  const all = subsets.flatMap(({ addresses = [], ports = [] }) =>
    ports.length === 0
      ? addresses.map(({ ip }) => ip)
      : ports.flatMap(({ port }) => addresses.map(({ ip }) => hostPort(ip, port))),
  )
  if (all.length === 0) return '<none>'
  const more = all.length - MAX_SHOWN
  return all.slice(0, MAX_SHOWN).join(',') + (more > 0 ? ` + ${more} more...` : '')
}

function hostPort(ip: string, port: number): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`
}

/** Source: pkg/apis/core/validation/validation.go:ValidateEndpoints. */
function mistakes({ subsets = [] }: Endpoints): readonly FieldError[] {
  return subsets.flatMap(({ addresses = [], notReadyAddresses = [], ports = [] }, index) => {
    const at = `subsets[${index}]`
    return [
      ...(addresses.length + notReadyAddresses.length === 0
        ? [required(at, 'must specify `addresses` or `notReadyAddresses`')]
        : []),
      ...addresses.flatMap(({ ip }, i) => addressMistakes(`${at}.addresses[${i}].ip`, ip)),
      ...notReadyAddresses.flatMap(({ ip }, i) => addressMistakes(`${at}.notReadyAddresses[${i}].ip`, ip)),
      ...ports.flatMap((port, i) => portMistakes(port, `${at}.ports[${i}]`, ports.length > 1)),
    ]
  })
}

/** The address of a Pod: no loopback, no multicast. Source: the same file:ValidateNonSpecialIP. */
function addressMistakes(path: FieldPath, ip: string): readonly FieldError[] {
  const mistakes = ipMistakes(ip, path)
  if (mistakes.length > 0) return [...mistakes, invalid(path, ip, 'must be a valid IP address')]
  if (ip === '0.0.0.0' || ip === '::') return [invalid(path, ip, `may not be unspecified (${ip})`)]
  if (ip.startsWith('127.') || ip === '::1')
    return [invalid(path, ip, 'may not be in the loopback range (127.0.0.0/8, ::1/128)')]
  if (ip.startsWith('169.254.'))
    return [invalid(path, ip, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)')]
  if (ip.startsWith('224.0.0.'))
    return [invalid(path, ip, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)')]
  return []
}

function portMistakes(port: Json<CoreV1EndpointPort>, at: string, needsName: boolean): readonly FieldError[] {
  const { protocol = '' } = port
  return [
    ...(needsName && !port.name ? [required(`${at}.name`)] : []),
    ...portNumberMistakes(port.port).map((detail) => invalid(`${at}.port`, port.port, detail)),
    ...(PROTOCOLS.includes(protocol) ? [] : [notSupported(`${at}.protocol`, protocol, PROTOCOLS)]),
  ]
}
