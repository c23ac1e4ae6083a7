// The kind ConfigMap.

import type { V1ConfigMap } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column } from './columns.ts'
import { dataMistakes, immutableDataMistakes } from './data.ts'

export type ConfigMap = Stored<V1ConfigMap>

export const configMap: Kind<ConfigMap> = {
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  singular: 'configmap',
  shortNames: ['cm'],
  namespaced: true,

  validate: ({ data = {}, binaryData = {} }) => dataMistakes({ data, binaryData }),
  validateUpdate: ({ data = {}, binaryData = {}, immutable }, old) => [
    ...immutableDataMistakes(
      { data, binaryData },
      { data: old.data ?? {}, binaryData: old.binaryData ?? {} },
      [immutable, old.immutable],
    ),
    ...dataMistakes({ data, binaryData }),
  ],
  columns: [NAME_COLUMN, column('Data'), AGE_COLUMN],
  cells: ({ metadata, data = {}, binaryData = {} }, atMs) => [
    metadata.name ?? '',
    Object.keys(data).length + Object.keys(binaryData).length,
    age(metadata.creationTimestamp, atMs),
  ],
}
