// The kind Lease: who leads, and which node is alive.

import type { V1Lease } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import type { FieldError } from '../store/field-error.ts'
import { invalid } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column } from './columns.ts'
import { fill } from './defaulting.ts'

export type Lease = Stored<V1Lease>

export const lease: Kind<Lease> = {
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  singular: 'lease',
  namespaced: true,
  needsResourceVersion: true,

  defaults: (object) => fill(object, { spec: {} }),
  validate: mistakes,
  validateUpdate: mistakes,
  columns: [NAME_COLUMN, column('Holder'), AGE_COLUMN],
  cells: ({ metadata, spec }, atMs) => [
    metadata.name ?? '',
    spec?.holderIdentity ?? '',
    age(metadata.creationTimestamp, atMs),
  ],
}

/** Source: pkg/apis/coordination/validation/validation.go:ValidateLeaseSpec. */
function mistakes({ spec = {} }: Lease): readonly FieldError[] {
  const { leaseDurationSeconds, leaseTransitions, holderIdentity } = spec
  return [
    ...(leaseDurationSeconds !== undefined && leaseDurationSeconds <= 0
      ? [invalid('spec.leaseDurationSeconds', leaseDurationSeconds, 'must be greater than 0')]
      : []),
    ...(leaseTransitions !== undefined && leaseTransitions < 0
      ? [invalid('spec.leaseTransitions', leaseTransitions, 'must be greater than or equal to 0')]
      : []),
    ...(holderIdentity === '' ? [invalid('spec.holderIdentity', '', 'must not be empty')] : []),
  ]
}
