// The kind ReplicationController: what came before ReplicaSets.

import type { V1ReplicationController } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import { matchesLabels, selectorOfLabels } from '../../pod/label-selector.ts'
import type { FieldError } from '../store/field-error.ts'
import { invalid, required } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import { labelErrors } from '../store/object-meta.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column, wideColumn } from './columns.ts'
import { fill, replace } from './defaulting.ts'
import { nonNegative } from './field-checks.ts'
import { formatLabels } from './labels.ts'
import { podTemplateDefaults } from './pod/pod-defaults.ts'
import { TEMPLATE_COLUMNS, templateCells, templateMistakes, templateWarnings } from './pod-template-spec.ts'
import { notSupportedField, selectable } from './selectable-fields.ts'
import { keptRunningMistakes } from './workload-restrictions.ts'

export type ReplicationController = Stored<V1ReplicationController>

export const replicationController: Kind<ReplicationController> = {
  group: '',
  version: 'v1',
  kind: 'ReplicationController',
  plural: 'replicationcontrollers',
  singular: 'replicationcontroller',
  shortNames: ['rc'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  hasGeneration: true,

  /** The template's labels are the selector and the labels, unless told. Source: SetDefaults_ReplicationController. */
  defaults(object) {
    const labels = object.spec?.template?.metadata?.labels
    const given = { ...object, metadata: fill(object.metadata, { labels }) }
    const spec = fill(object.spec ?? {}, { replicas: 1, selector: labels })
    return {
      ...given,
      spec: replace(spec, { template: spec.template && podTemplateDefaults(spec.template) }),
    }
  },
  prepareForCreate: (object) => ({ ...object, status: { replicas: 0 } }),
  validate: mistakes,
  validateUpdate: mistakes,
  warnings: ({ spec }) => templateWarnings('spec.template', spec?.template),
  deletion: { defaultPropagation: 'Orphan' },
  subresources: [{ name: 'status', verbs: ['get', 'patch', 'update'] }],
  scale: {
    specReplicas: ({ spec }) => spec?.replicas,
    statusReplicas: ({ status }) => status?.replicas ?? 0,
    selector: ({ spec }) => (spec?.selector ? formatLabels(spec.selector) : ''),
    withReplicas: (object, replicas) => ({ ...object, spec: { ...object.spec, replicas } }),
  },

  ...selectable<ReplicationController>({ 'status.replicas': ({ status }) => String(status?.replicas ?? 0) }),
  unknownField: notSupportedField,
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
    formatLabels(spec?.selector),
  ],
}

/** Source: pkg/apis/core/validation/validation.go:ValidateReplicationControllerSpec. */
function mistakes({ spec = {} }: ReplicationController): readonly FieldError[] {
  const { selector = {}, template } = spec
  const isEmpty = Object.keys(selector).length === 0
  const labels = template?.metadata?.labels
  return [
    ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...(isEmpty ? [required('spec.selector')] : labelErrors(selector, 'spec.selector')),
    ...nonNegative('spec.replicas', spec.replicas),
    ...(template ? [] : [required('spec.template')]),
    ...(template && !isEmpty && !matchesLabels(selectorOfLabels(selector), labels)
      ? [invalid('spec.template.metadata.labels', labels, '`selector` does not match template `labels`')]
      : []),
    ...(template ? templateMistakes('spec.template', template) : []),
    ...keptRunningMistakes('ReplicationController', template),
  ]
}
