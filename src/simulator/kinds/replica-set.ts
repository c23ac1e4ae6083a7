// The kind ReplicaSet.

import type { V1ReplicaSet } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import type { FieldError } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column, wideColumn } from './columns.ts'
import { fill, replace } from './defaulting.ts'
import { nonNegative } from './field-checks.ts'
import { formatSelector, selectorText } from './labels.ts'
import { podTemplateDefaults } from './pod/pod-defaults.ts'
import { TEMPLATE_COLUMNS, templateCells, templateWarnings, workloadMistakes } from './pod-template-spec.ts'
import { immutableMistakes, keptRunningMistakes } from './workload-restrictions.ts'

export type ReplicaSet = Stored<V1ReplicaSet>

export const replicaSet: Kind<ReplicaSet> = {
  group: 'apps',
  version: 'v1',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  singular: 'replicaset',
  shortNames: ['rs'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  hasGeneration: true,

  /** Source: pkg/apis/apps/v1/defaults.go:SetDefaults_ReplicaSet. */
  defaults(object) {
    const spec = fill(object.spec ?? { selector: {} }, { replicas: 1 })
    return replace(object, {
      spec: replace(spec, { template: spec.template && podTemplateDefaults(spec.template) }),
    })
  },
  prepareForCreate: (object) => ({ ...object, status: { replicas: 0 } }),
  validate: mistakes,
  validateUpdate: (object, old) => [
    ...mistakes(object),
    ...immutableMistakes('spec.selector', object.spec?.selector, old.spec?.selector),
  ],
  warnings: ({ spec }) => templateWarnings('spec.template', spec?.template),
  subresources: [{ name: 'status', verbs: ['get', 'patch', 'update'] }],
  scale: {
    specReplicas: ({ spec }) => spec?.replicas,
    statusReplicas: ({ status }) => status?.replicas ?? 0,
    selector: ({ spec }) => selectorText(spec?.selector),
    withReplicas: (object, replicas) => ({
      ...object,
      spec: { ...(object.spec ?? { selector: {} }), replicas },
    }),
  },

  columns: [
    NAME_COLUMN,
    column('Desired', { type: 'integer' }),
    column('Current', { type: 'integer' }),
    column('Ready', { type: 'integer' }),
    AGE_COLUMN,
    ...TEMPLATE_COLUMNS,
    wideColumn('Selector'),
  ],
  cells: ({ metadata, spec, status }, atMs) => [
    metadata.name ?? '',
    spec?.replicas ?? 0,
    status?.replicas ?? 0,
    status?.readyReplicas ?? 0,
    age(metadata.creationTimestamp, atMs),
    ...templateCells(spec?.template),
    formatSelector(spec?.selector),
  ],
}

/** Source: pkg/apis/apps/validation/validation.go:ValidateReplicaSetSpec. */
function mistakes({ spec }: ReplicaSet): readonly FieldError[] {
  return [
    ...nonNegative('spec.replicas', spec?.replicas),
    ...nonNegative('spec.minReadySeconds', spec?.minReadySeconds),
    ...workloadMistakes('deployment', spec?.selector, spec?.template),
    ...keptRunningMistakes('ReplicaSet', spec?.template),
  ]
}
