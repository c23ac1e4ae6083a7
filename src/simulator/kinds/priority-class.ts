// The kind PriorityClass.

import type { V1PriorityClass } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import type { FieldError } from '../store/field-error.ts'
import { forbidden, invalid } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column } from './columns.ts'
import { fill } from './defaulting.ts'
import { oneOf } from './field-checks.ts'

export type PriorityClass = Stored<V1PriorityClass>

/** Values above are kept for the system. Source: pkg/apis/scheduling/types.go:HighestUserDefinablePriority. */
const HIGHEST_USER_VALUE = 1_000_000_000
const POLICIES = ['Never', 'PreemptLowerPriority']

/** The classes that every cluster has: the API server creates them when it starts. */
export const systemPriorityClasses: readonly PriorityClass[] = [
  {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: 'system-cluster-critical' },
    value: 2_000_000_000,
    description:
      'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
  },
  {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: 'system-node-critical' },
    value: 2_000_001_000,
    description: 'Used for system critical pods that must not be moved from their current node.',
  },
]

export const priorityClass: Kind<PriorityClass> = {
  group: 'scheduling.k8s.io',
  version: 'v1',
  kind: 'PriorityClass',
  plural: 'priorityclasses',
  singular: 'priorityclass',
  shortNames: ['pc'],
  namespaced: false,
  hasGeneration: true,

  defaults: (object) => fill(object, { value: 0, preemptionPolicy: 'PreemptLowerPriority' }),
  validate: mistakes,
  validateUpdate: (object, old) => [
    ...mistakes(object),
    ...(object.value === old.value ? [] : [forbidden('value', 'may not be changed in an update.')]),
    ...(object.preemptionPolicy === old.preemptionPolicy
      ? []
      : [invalid('preemptionPolicy', object.preemptionPolicy, 'field is immutable')]),
  ],
  columns: [
    NAME_COLUMN,
    column('Value', { type: 'integer' }),
    column('Global-Default', { type: 'boolean' }),
    AGE_COLUMN,
    column('PreemptionPolicy'),
  ],
  cells: ({ metadata, value, globalDefault, preemptionPolicy }, atMs) => [
    metadata.name ?? '',
    value,
    globalDefault ?? false,
    age(metadata.creationTimestamp, atMs),
    preemptionPolicy ?? '',
  ],
}

/** Source: pkg/apis/scheduling/validation/validation.go:ValidatePriorityClass. */
function mistakes(object: PriorityClass): readonly FieldError[] {
  const { metadata, preemptionPolicy, value } = object
  return [
    ...reservedMistakes(metadata.name ?? '', value),
    ...oneOf('preemptionPolicy', preemptionPolicy, POLICIES),
  ]
}

function reservedMistakes(name: string, value: number): readonly FieldError[] {
  if (!name.startsWith('system-')) {
    if (value <= HIGHEST_USER_VALUE) return []
    return [forbidden('value', `maximum allowed value of a user defined priority is ${HIGHEST_USER_VALUE}`)]
  }
  const known = systemPriorityClasses.find(({ metadata }) => metadata.name === name)
  if (known?.value === value) return []
  const why = known
    ? `value of ${name} must be ${known.value}`
    : `${name} is not a known system priority class`
  const reserved = "priority class names with 'system-' prefix are reserved for system use only"
  return [forbidden('metadata.name', `${reserved}. error: ${why}`)]
}
