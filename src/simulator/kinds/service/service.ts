// The kind Service.

import type { V1Service } from '@kubernetes/client-node'
import type { Kind } from '../../store/kind.ts'
import type { Stored } from '../../store/object.ts'
import { notSupportedField, selectable } from '../selectable-fields.ts'
import { allocated, reallocated } from './service-allocation.ts'
import { serviceCells, serviceColumns } from './service-columns.ts'
import { serviceDefaults } from './service-defaults.ts'
import { serviceMistakes, serviceUpdateMistakes } from './service-validation.ts'

export type Service = Stored<V1Service>

export const service: Kind<Service> = {
  group: '',
  version: 'v1',
  kind: 'Service',
  plural: 'services',
  singular: 'service',
  shortNames: ['svc'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,

  defaults: serviceDefaults,
  prepareForCreate: (object, context) => allocated({ ...object, status: { loadBalancer: {} } }, context),
  validate: serviceMistakes,
  prepareForUpdate: reallocated,
  validateUpdate: serviceUpdateMistakes,
  deletion: { answers: 'object' },
  subresources: [{ name: 'status', verbs: ['get', 'patch', 'update'] }],

  ...selectable<Service>({
    'spec.clusterIP': ({ spec }) => spec?.clusterIP ?? '',
    'spec.type': ({ spec }) => spec?.type ?? '',
  }),
  unknownField: notSupportedField,
  columns: serviceColumns,
  cells: serviceCells,
}
