// The kind NetworkPolicy: stored and listed; the simulator's network lets everything through, as a network plugin that knows no policies.

import type { V1NetworkPolicy, V1NetworkPolicyPeer, V1NetworkPolicyPort } from '@kubernetes/client-node'
import { isIP } from 'node:net'
import { age } from '../../pod/age.ts'
import type { Json } from '../../pod/json.ts'
import type { FieldError, FieldPath } from '../store/field-error.ts'
import { forbidden, invalid, required } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column } from './columns.ts'
import { fillZero, mapShared, replace } from './defaulting.ts'
import { oneOf, portNumberOrName } from './field-checks.ts'
import { formatSelector } from './labels.ts'
import { selectorMistakes } from './selector-validation.ts'

export type NetworkPolicy = Stored<V1NetworkPolicy>
type Peer = Json<V1NetworkPolicyPeer>
type Port = Json<V1NetworkPolicyPort>

const DIRECTIONS = ['Egress', 'Ingress']

export const networkPolicy: Kind<NetworkPolicy> = {
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'NetworkPolicy',
  plural: 'networkpolicies',
  singular: 'networkpolicy',
  shortNames: ['netpol'],
  namespaced: true,
  hasGeneration: true,

  /** Source: pkg/apis/networking/v1/defaults.go:SetDefaults_NetworkPolicy. */
  defaults(object) {
    const { spec } = object
    if (!spec) return object
    const withPorts = <T extends { readonly ports?: readonly Port[] }>(rule: T): T =>
      replace<{ readonly ports?: readonly Port[] }>(rule, {
        ports: rule.ports && mapShared(rule.ports, (port) => fillZero(port, { protocol: 'TCP' })),
      }) as T
    return replace(object, {
      spec: replace(spec, {
        policyTypes: spec.policyTypes?.length
          ? undefined
          : ['Ingress', ...(spec.egress?.length ? ['Egress'] : [])],
        ingress: spec.ingress && mapShared(spec.ingress, withPorts),
        egress: spec.egress && mapShared(spec.egress, withPorts),
      }),
    })
  },
  validate: mistakes,
  validateUpdate: mistakes,
  columns: [NAME_COLUMN, column('Pod-Selector'), AGE_COLUMN],
  cells: ({ metadata, spec }, atMs) => [
    metadata.name ?? '',
    formatSelector(spec?.podSelector),
    age(metadata.creationTimestamp, atMs),
  ],
}

/** Source: pkg/apis/networking/validation/validation.go:ValidateNetworkPolicySpec. */
function mistakes({ spec }: NetworkPolicy): readonly FieldError[] {
  return [
    ...selectorMistakes('spec.podSelector', spec?.podSelector),
    ...(spec?.ingress ?? []).flatMap(({ from = [], ports = [] }, index) =>
      ruleMistakes(`spec.ingress[${index}]`, 'from', from, ports),
    ),
    ...(spec?.egress ?? []).flatMap(({ to = [], ports = [] }, index) =>
      ruleMistakes(`spec.egress[${index}]`, 'to', to, ports),
    ),
    ...(spec?.policyTypes ?? []).flatMap((type, index) =>
      oneOf(`spec.policyTypes[${index}]`, type, DIRECTIONS),
    ),
  ]
}

function ruleMistakes(
  path: FieldPath,
  field: 'from' | 'to',
  peers: readonly Peer[],
  ports: readonly Port[],
): readonly FieldError[] {
  return [
    ...ports.flatMap((port, index) => portMistakes(`${path}.ports[${index}]`, port)),
    ...peers.flatMap((peer, index) => peerMistakes(`${path}.${field}[${index}]`, peer)),
  ]
}

function portMistakes(path: FieldPath, { endPort, port, protocol }: Port): readonly FieldError[] {
  const end = `${path}.endPort`
  return [
    ...oneOf(`${path}.protocol`, protocol, ['SCTP', 'TCP', 'UDP']),
    ...(port === undefined ? [] : portNumberOrName(`${path}.port`, port)),
    ...(endPort !== undefined && typeof port === 'number' && endPort < port
      ? [invalid(end, endPort, 'must be greater than or equal to `port`')]
      : []),
    ...(endPort !== undefined && port === undefined
      ? [required(end, 'may not be specified when `port` is not specified')]
      : []),
    ...(endPort !== undefined && typeof port === 'string'
      ? [invalid(end, endPort, 'may not be specified when `port` is non-numeric')]
      : []),
  ]
}

function peerMistakes(
  path: FieldPath,
  { ipBlock, namespaceSelector, podSelector }: Peer,
): readonly FieldError[] {
  if (!ipBlock && !namespaceSelector && !podSelector) return [required(path, 'must specify a peer')]
  return [
    ...selectorMistakes(`${path}.podSelector`, podSelector),
    ...selectorMistakes(`${path}.namespaceSelector`, namespaceSelector),
    ...(ipBlock ? blockMistakes(`${path}.ipBlock.cidr`, ipBlock.cidr) : []),
    ...(ipBlock && (namespaceSelector ?? podSelector)
      ? [forbidden(path, 'may not specify both ipBlock and another peer')]
      : []),
  ]
}

function blockMistakes(path: FieldPath, cidr: string | undefined): readonly FieldError[] {
  if (!cidr) return [required(path)]
  const [address = '', bits = ''] = cidr.split('/')
  const version = isIP(address)
  const isBlock = version !== 0 && /^\d+$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)
  return isBlock
    ? []
    : [invalid(path, cidr, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')]
}
