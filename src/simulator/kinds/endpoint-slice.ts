// The kind EndpointSlice: where the traffic of a Service goes.

import type { DiscoveryV1EndpointPort, V1Endpoint, V1EndpointSlice } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import type { Json } from '../../pod/json.ts'
import { dns1123LabelMistakes } from '../../pod/names.ts'
import type { FieldError } from '../store/field-error.ts'
import { invalid, notSupported, required } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column } from './columns.ts'
import { fill, mapShared, replace } from './defaulting.ts'
import { ipMistakes } from './ip.ts'

export type EndpointSlice = Stored<V1EndpointSlice>
type Port = Json<DiscoveryV1EndpointPort>
type Endpoint = Json<V1Endpoint>

const ADDRESS_TYPES = ['FQDN', 'IPv4', 'IPv6']
const PROTOCOLS = ['SCTP', 'TCP', 'UDP']
const MAX_SHOWN = 3

export const endpointSlice: Kind<EndpointSlice> = {
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  singular: 'endpointslice',
  namespaced: true,
  hasGeneration: true,

  /** Source: pkg/apis/discovery/v1/defaults.go. An empty list travels as null. */
  defaults: (object) =>
    replace(object, {
      endpoints: listOrNull(object.endpoints, (endpoint) => fill(endpoint, { conditions: {} })),
      ports: listOrNull(object.ports, (port) => fill(port, { name: '', protocol: 'TCP' })),
    }),
  validate: mistakes,
  validateUpdate: (object, old) => [
    ...(object.addressType === old.addressType
      ? []
      : [invalid('addressType', object.addressType, 'field is immutable')]),
    ...mistakes(object),
  ],
  columns: [NAME_COLUMN, column('AddressType'), column('Ports'), column('Endpoints'), AGE_COLUMN],
  cells: ({ metadata, addressType, ports, endpoints }, atMs) => [
    metadata.name ?? '',
    addressType,
    formatPorts(ports ?? []),
    formatEndpoints(endpoints ?? []),
    age(metadata.creationTimestamp, atMs),
  ],
}

function listOrNull<T>(list: readonly T[] | undefined, map: (item: T) => T): readonly T[] {
  return list?.length ? mapShared(list, map) : (null as unknown as readonly T[])
}

function formatPorts(ports: readonly Port[]): string {
  return shortened(
    ports.map(({ name, port }) => (port ? String(port) : name || '*')),
    '<unset>',
  )
}

function formatEndpoints(endpoints: readonly Endpoint[]): string {
  return shortened(
    endpoints.flatMap(({ addresses }) => addresses),
    '<unset>',
  )
}

/** Three of them, and how many more. Source: printers.go:formatDiscoveryPorts, formatDiscoveryEndpoints. */
function shortened(texts: readonly string[], none: string): string {
  if (texts.length === 0) return none
  const more = texts.length - MAX_SHOWN
  return texts.slice(0, MAX_SHOWN).join(',') + (more > 0 ? ` + ${more} more...` : '')
}

/** Source: pkg/apis/discovery/validation/validation.go. */
function mistakes({ addressType, endpoints, ports }: EndpointSlice): readonly FieldError[] {
  return [
    ...addressTypeMistakes(addressType),
    ...(endpoints ?? []).flatMap((endpoint, i) => endpointMistakes(endpoint, addressType, `endpoints[${i}]`)),
    ...(ports ?? []).flatMap((port, i) => portMistakes(port, `ports[${i}]`)),
  ]
}

function addressTypeMistakes(addressType: string | undefined): readonly FieldError[] {
  if (!addressType) return [required('addressType')]
  return ADDRESS_TYPES.includes(addressType) ? [] : [notSupported('addressType', addressType, ADDRESS_TYPES)]
}

function endpointMistakes({ addresses }: Endpoint, type: string, at: string): readonly FieldError[] {
  if (!addresses?.length) return [required(`${at}.addresses`, 'must contain at least 1 address')]
  if (type === 'FQDN') return []
  return addresses.flatMap((address, i) => ipMistakes(address, `${at}.addresses[${i}]`))
}

function portMistakes({ name = '', protocol = '' }: Port, at: string): readonly FieldError[] {
  return [
    ...(name === '' ? [] : dns1123LabelMistakes(name).map((detail) => invalid(`${at}.name`, name, detail))),
    ...(PROTOCOLS.includes(protocol) ? [] : [notSupported(`${at}.protocol`, protocol, PROTOCOLS)]),
  ]
}
