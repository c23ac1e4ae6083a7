// The kind StorageClass.

import type { V1StorageClass } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import { qualifiedNameMistakes } from '../../pod/names.ts'
import { isEqual } from '../store/equality.ts'
import type { FieldError } from '../store/field-error.ts'
import { forbidden, required } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column } from './columns.ts'
import { fill } from './defaulting.ts'
import { invalids, oneOf } from './field-checks.ts'
import { immutableMistakes } from './workload-restrictions.ts'

export type StorageClass = Stored<V1StorageClass>

const IS_DEFAULT = 'storageclass.kubernetes.io/is-default-class'
const IS_DEFAULT_BETA = 'storageclass.beta.kubernetes.io/is-default-class'
const BINDING_MODES = ['Immediate', 'WaitForFirstConsumer']

/** Whether claims that name no class get this one. */
export function isDefaultClass({ metadata }: StorageClass): boolean {
  return [IS_DEFAULT, IS_DEFAULT_BETA].some((key) => metadata.annotations?.[key] === 'true')
}

export const storageClass: Kind<StorageClass> = {
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'StorageClass',
  plural: 'storageclasses',
  singular: 'storageclass',
  shortNames: ['sc'],
  namespaced: false,

  defaults: (object) => fill(object, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }),
  validate: mistakes,
  validateUpdate: (object, old) => [
    ...mistakes(object),
    ...immutableMistakes('provisioner', object.provisioner, old.provisioner),
    ...(isEqual(object.parameters, old.parameters)
      ? []
      : [forbidden('parameters', 'updates to parameters are forbidden.')]),
    ...immutableMistakes('reclaimPolicy', object.reclaimPolicy, old.reclaimPolicy),
    ...immutableMistakes('volumeBindingMode', object.volumeBindingMode, old.volumeBindingMode),
  ],
  deletion: { answers: 'object' },
  columns: [
    NAME_COLUMN,
    column('Provisioner'),
    column('ReclaimPolicy'),
    column('VolumeBindingMode'),
    column('AllowVolumeExpansion'),
    AGE_COLUMN,
  ],
  cells: (object, atMs) => [
    `${object.metadata.name}${isDefaultClass(object) ? ' (default)' : ''}`,
    object.provisioner,
    object.reclaimPolicy ?? 'Delete',
    object.volumeBindingMode ?? 'Immediate',
    object.allowVolumeExpansion ?? false,
    age(object.metadata.creationTimestamp, atMs),
  ],
}

/** Source: pkg/apis/storage/validation/validation.go:ValidateStorageClass. */
function mistakes({ provisioner, reclaimPolicy, volumeBindingMode }: StorageClass): readonly FieldError[] {
  return [
    ...(provisioner
      ? invalids('provisioner', provisioner, qualifiedNameMistakes(provisioner.toLowerCase()))
      : [required('provisioner')]),
    ...oneOf('reclaimPolicy', reclaimPolicy, ['Delete', 'Retain']),
    ...oneOf('volumeBindingMode', volumeBindingMode, BINDING_MODES),
  ]
}
