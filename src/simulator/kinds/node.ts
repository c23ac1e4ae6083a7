// The kind Node.

import type { V1Node } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import { condition } from '../../pod/conditions.ts'
import type { FieldError } from '../store/field-error.ts'
import { forbidden } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column, wideColumn } from './columns.ts'
import { replace } from './defaulting.ts'
import { canonicalResources } from './resource-list.ts'
import { selectable } from './selectable-fields.ts'
import { taintMistakes } from './taints.ts'
import { compareText } from './text.ts'

export type Node = Stored<V1Node>

const ROLE_PREFIX = 'node-role.kubernetes.io/'
const ROLE_LABEL = 'kubernetes.io/role'

export const node: Kind<Node> = {
  group: '',
  version: 'v1',
  kind: 'Node',
  plural: 'nodes',
  singular: 'node',
  shortNames: ['no'],
  namespaced: false,
  hasStatus: false,

  defaults(object) {
    const { status } = object
    if (!status) return { ...object, status: {} }
    const capacity = status.capacity && canonicalResources(status.capacity)
    // What is not said to be kept back can be given away (defaults.go:SetDefaults_NodeStatus).
    const allocatable = status.allocatable ? canonicalResources(status.allocatable) : capacity
    return replace(object, { status: replace(status, { capacity, allocatable }) })
  },
  validate: ({ spec }) => taintMistakes(spec?.taints ?? [], 'spec.taints'),
  /** The main door leaves the status alone, although a Node may be created with one. */
  prepareForUpdate: (object, old) => (old.status ? { ...object, status: old.status } : object),
  validateUpdate: updateMistakes,
  subresources: [{ name: 'status', verbs: ['get', 'patch', 'update'] }],

  ...selectable<Node>({ 'spec.unschedulable': ({ spec }) => String(spec?.unschedulable ?? false) }),
  unknownField: (label) => `field label not supported: ${label}`,
  columns: [
    NAME_COLUMN,
    column('Status'),
    column('Roles'),
    AGE_COLUMN,
    column('Version'),
    ...['Internal-IP', 'External-IP', 'OS-Image', 'Kernel-Version', 'Container-Runtime'].map((name) =>
      wideColumn(name),
    ),
  ],
  /** Source: pkg/printers/internalversion/printers.go:printNode. */
  cells(object, atMs) {
    const { metadata, status } = object
    const { nodeInfo } = status ?? {}
    return [
      metadata.name ?? '',
      statusWords(object),
      rolesOf(object),
      age(metadata.creationTimestamp, atMs),
      nodeInfo?.kubeletVersion ?? '',
      addressOf(object, 'InternalIP'),
      addressOf(object, 'ExternalIP'),
      nodeInfo?.osImage || '<unknown>',
      kernelOf(object),
      nodeInfo?.containerRuntimeVersion || '<unknown>',
    ]
  },
}

function statusWords(object: Node): string {
  const ready = condition(object, 'Ready')
  const word = ready && (ready.status === 'True' ? 'Ready' : 'NotReady')
  return [word ?? 'Unknown', ...(object.spec?.unschedulable ? ['SchedulingDisabled'] : [])].join(',')
}

function rolesOf({ metadata }: Node): string {
  const roles = Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => {
    if (key.startsWith(ROLE_PREFIX)) return [key.slice(ROLE_PREFIX.length)].filter(Boolean)
    return key === ROLE_LABEL && value ? [value] : []
  })
  return [...new Set(roles)].toSorted(compareText).join(',') || '<none>'
}

function addressOf({ status }: Node, type: string): string {
  return status?.addresses?.find((address) => address.type === type)?.address ?? '<none>'
}

function kernelOf({ status }: Node): string {
  const { kernelVersion, architecture } = status?.nodeInfo ?? {}
  return [kernelVersion || '<unknown>', ...(architecture ? [`(${architecture})`] : [])].join(' ')
}

/** Only the taints, the metadata and the schedulability of a Node may change. Source: validation.go:ValidateNodeUpdate. */
function updateMistakes(object: Node, old: Node): readonly FieldError[] {
  const mistakes: FieldError[] = [...taintMistakes(object.spec?.taints ?? [], 'spec.taints')]
  const { podCIDR, providerID } = old.spec ?? {}
  if (podCIDR && object.spec?.podCIDR !== podCIDR)
    mistakes.push(forbidden('spec.podCIDRs', 'node updates may not change podCIDR except from "" to valid'))
  if (providerID && object.spec?.providerID !== providerID)
    mistakes.push(
      forbidden('spec.providerID', 'node updates may not change providerID except from "" to valid'),
    )
  return mistakes
}
