// The kind PodDisruptionBudget.

import type { V1PodDisruptionBudget } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import type { FieldError } from '../store/field-error.ts'
import { invalid } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column } from './columns.ts'
import { optionalOneOf } from './field-checks.ts'
import { intOrPercentMistakes, notMoreThanAll } from './int-or-percent.ts'
import { selectorMistakes } from './selector-validation.ts'

export type PodDisruptionBudget = Stored<V1PodDisruptionBudget>

export const podDisruptionBudget: Kind<PodDisruptionBudget> = {
  group: 'policy',
  version: 'v1',
  kind: 'PodDisruptionBudget',
  plural: 'poddisruptionbudgets',
  singular: 'poddisruptionbudget',
  shortNames: ['pdb'],
  namespaced: true,
  hasStatus: true,
  hasGeneration: true,

  prepareForCreate: (object) => ({
    ...object,
    status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
  }),
  validate: mistakes,
  validateUpdate: mistakes,
  subresources: [{ name: 'status', verbs: ['get', 'patch', 'update'] }],

  columns: [
    NAME_COLUMN,
    column('Min Available'),
    column('Max Unavailable'),
    column('Allowed Disruptions', { type: 'integer' }),
    AGE_COLUMN,
  ],
  cells: ({ metadata, spec, status }, atMs) => [
    metadata.name ?? '',
    String(spec?.minAvailable ?? 'N/A'),
    String(spec?.maxUnavailable ?? 'N/A'),
    status?.disruptionsAllowed ?? 0,
    age(metadata.creationTimestamp, atMs),
  ],
}

/** Source: pkg/apis/policy/validation/validation.go:ValidatePodDisruptionBudgetSpec. The whole spec is shown as Go's structure. */
function mistakes({ spec = {} }: PodDisruptionBudget): readonly FieldError[] {
  const { maxUnavailable, minAvailable, selector, unhealthyPodEvictionPolicy: policy } = spec
  const shown = {
    MinAvailable: minAvailable ?? null,
    Selector: selector ?? null,
    MaxUnavailable: maxUnavailable ?? null,
    UnhealthyPodEvictionPolicy: policy ?? null,
  }
  return [
    ...(minAvailable !== undefined && maxUnavailable !== undefined
      ? [invalid('spec', shown, 'minAvailable and maxUnavailable cannot be both set')]
      : []),
    ...intOrPercentMistakes('spec.minAvailable', minAvailable),
    ...notMoreThanAll('spec.minAvailable', minAvailable),
    ...intOrPercentMistakes('spec.maxUnavailable', maxUnavailable),
    ...notMoreThanAll('spec.maxUnavailable', maxUnavailable),
    ...selectorMistakes('spec.selector', selector),
    ...optionalOneOf('spec.unhealthyPodEvictionPolicy', policy, ['AlwaysAllow', 'IfHealthyBudget']),
  ]
}
