// The kind ResourceQuota: how much of everything a namespace may have.

import type { V1ResourceQuota } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import { qualifiedNameMistakes } from '../../pod/names.ts'
import type { FieldError } from '../store/field-error.ts'
import { invalid } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column } from './columns.ts'
import { fill, replace } from './defaulting.ts'
import { invalids } from './field-checks.ts'
import { amountMistakes } from './pod/validation/resources.ts'
import type { ResourceList } from './resource-list.ts'
import { canonicalResources } from './resource-list.ts'
import { immutableMistakes } from './workload-restrictions.ts'
import { compareText } from './text.ts'

export type ResourceQuota = Stored<V1ResourceQuota>

/** What can be limited by a plain name. */
const RESOURCES = [
  'configmaps',
  'cpu',
  'ephemeral-storage',
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'memory',
  'persistentvolumeclaims',
  'pods',
  'replicationcontrollers',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
  'requests.storage',
  'resourcequotas',
  'secrets',
  'services',
  'services.loadbalancers',
  'services.nodeports',
]

/** Which Pods count. */
const SCOPES = [
  'BestEffort',
  'CrossNamespacePodAffinity',
  'NotBestEffort',
  'NotTerminating',
  'PriorityClass',
  'Terminating',
  'VolumeAttributesClass',
]

export const resourceQuota: Kind<ResourceQuota> = {
  group: '',
  version: 'v1',
  kind: 'ResourceQuota',
  plural: 'resourcequotas',
  singular: 'resourcequota',
  shortNames: ['quota'],
  namespaced: true,
  hasStatus: true,

  defaults(object) {
    const spec = object.spec ?? {}
    return fill(
      replace(object, { spec: replace(spec, { hard: spec.hard && canonicalResources(spec.hard) }) }),
      {
        status: {},
      },
    )
  },
  prepareForCreate: (object) => ({ ...object, status: {} }),
  validate: mistakes,
  validateUpdate: (object, old) => [
    ...mistakes(object),
    ...immutableMistakes('spec.scopes', object.spec?.scopes, old.spec?.scopes),
  ],
  deletion: { answers: 'object' },
  subresources: [{ name: 'status', verbs: ['get', 'patch', 'update'] }],

  columns: [NAME_COLUMN, column('Request'), column('Limit'), AGE_COLUMN],
  cells: ({ metadata, status }, atMs) => {
    const { hard = {}, used = {} } = status ?? {}
    const names = Object.keys(hard).toSorted(compareText)
    const shown = (isLimit: boolean) =>
      names
        .filter((name) => name.startsWith('limits.') === isLimit)
        .map((name) => `${name}: ${used[name] ?? '0'}/${hard[name]}`)
        .join(', ')
    return [metadata.name ?? '', shown(false), shown(true), age(metadata.creationTimestamp, atMs)]
  },
}

/** Source: pkg/apis/core/validation/validation.go:ValidateResourceQuotaSpec. */
function mistakes({ spec = {} }: ResourceQuota): readonly FieldError[] {
  const scopes = spec.scopes ?? []
  const isUnknown = scopes.some((scope) => !SCOPES.includes(scope))
  return [
    ...hardMistakes(spec.hard ?? {}),
    ...(isUnknown ? [invalid('spec.scopes', scopes, 'unsupported scope')] : []),
  ]
}

function hardMistakes(hard: ResourceList): readonly FieldError[] {
  return Object.entries(hard).flatMap(([name, amount]) => [
    ...nameMistakes(`spec.hard[${name}]`, name),
    ...amountMistakes(`spec.hard[${name}]`, name, amount),
  ])
}

function nameMistakes(path: string, name: string): readonly FieldError[] {
  const mistakes = qualifiedNameMistakes(name)
  if (mistakes.length > 0) return invalids(path, name, mistakes)
  const isKnown = RESOURCES.includes(name) || name.includes('/') || /^(requests\.)?hugepages-/.test(name)
  if (isKnown) return []
  return [
    invalid(path, name, 'must be a standard resource type or fully qualified'),
    invalid(path, name, 'must be a standard resource for quota'),
  ]
}
