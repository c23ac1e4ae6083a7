// The kind PodTemplate.

import type { V1PodTemplate } from '@kubernetes/client-node'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { NAME_COLUMN, column } from './columns.ts'
import { replace } from './defaulting.ts'
import { formatLabels } from './labels.ts'
import { podTemplateDefaults } from './pod/pod-defaults.ts'
import { templateCells, templateMistakes, templateWarnings } from './pod-template-spec.ts'

export type PodTemplate = Stored<V1PodTemplate>

export const podTemplate: Kind<PodTemplate> = {
  group: '',
  version: 'v1',
  kind: 'PodTemplate',
  plural: 'podtemplates',
  singular: 'podtemplate',
  namespaced: true,
  hasGeneration: true,

  defaults: (object) =>
    replace(object, { template: object.template && podTemplateDefaults(object.template) }),
  validate: ({ template }) => templateMistakes('template', template),
  validateUpdate: ({ template }) => templateMistakes('template', template),
  warnings: ({ template }) => templateWarnings('template', template),
  deletion: { answers: 'object' },

  columns: [NAME_COLUMN, column('Containers'), column('Images'), column('Pod Labels')],
  cells: ({ metadata, template }) => [
    metadata.name ?? '',
    ...templateCells(template),
    formatLabels(template?.metadata?.labels),
  ],
}
