// The kind PersistentVolume.

import type { V1PersistentVolume, V1PersistentVolumeSpec } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import type { Json } from '../../pod/json.ts'
import { parseQuantity } from '../../pod/quantity.ts'
import { isEqual } from '../store/equality.ts'
import type { FieldError } from '../store/field-error.ts'
import { forbidden, invalid, notSupported, required } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { timestamp } from '../store/object.ts'
import { ACCESS_MODES, formatAccessModes } from './access-modes.ts'
import { AGE_COLUMN, NAME_COLUMN, column, wideColumn } from './columns.ts'
import { fill, fillZero, replace } from './defaulting.ts'
import { noBacksteps, oneOf, optionalOneOf, optionalSubdomain } from './field-checks.ts'
import { canonicalResources } from './resource-list.ts'

export type PersistentVolume = Stored<V1PersistentVolume>
type Spec = Json<V1PersistentVolumeSpec>

const SOURCES = [
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cephfs',
  'cinder',
  'csi',
  'fc',
  'flexVolume',
  'flocker',
  'gcePersistentDisk',
  'glusterfs',
  'hostPath',
  'iscsi',
  'local',
  'nfs',
  'photonPersistentDisk',
  'portworxVolume',
  'quobyte',
  'rbd',
  'scaleIO',
  'storageos',
  'vsphereVolume',
] as const
const POLICIES = ['Delete', 'Recycle', 'Retain']

export const persistentVolume: Kind<PersistentVolume> = {
  group: '',
  version: 'v1',
  kind: 'PersistentVolume',
  plural: 'persistentvolumes',
  singular: 'persistentvolume',
  shortNames: ['pv'],
  namespaced: false,
  hasStatus: true,

  /** Source: pkg/apis/core/v1/defaults.go:SetDefaults_PersistentVolume. */
  defaults(object) {
    const spec = fill(fillZero(object.spec ?? {}, { persistentVolumeReclaimPolicy: 'Retain' }), {
      volumeMode: 'Filesystem',
    })
    return replace(object, {
      spec: replace(spec, {
        capacity: spec.capacity && canonicalResources(spec.capacity),
        hostPath: spec.hostPath && fill(spec.hostPath, { type: '' }),
      }),
    })
  },
  prepareForCreate: (object, { atMs }) => ({
    ...object,
    status: { phase: 'Pending', lastPhaseTransitionTime: timestamp(atMs) },
  }),
  validate: ({ spec = {} }) => mistakes(spec),
  validateUpdate: ({ spec = {} }, old) => [
    ...mistakes(spec),
    ...(isEqual(sourceOf(spec), sourceOf(old.spec ?? {}))
      ? []
      : [
          forbidden('spec.persistentvolumesource', 'spec.persistentvolumesource is immutable after creation'),
        ]),
  ],
  deletion: { answers: 'object' },
  subresources: [{ name: 'status', verbs: ['get', 'patch', 'update'] }],

  columns: [
    NAME_COLUMN,
    ...[
      'Capacity',
      'Access Modes',
      'Reclaim Policy',
      'Status',
      'Claim',
      'StorageClass',
      'VolumeAttributesClass',
      'Reason',
    ].map((name) => column(name)),
    AGE_COLUMN,
    wideColumn('VolumeMode'),
  ],
  /** Source: pkg/printers/internalversion/printers.go:printPersistentVolume. */
  cells({ metadata, spec, status }, atMs) {
    const { claimRef } = spec ?? {}
    return [
      metadata.name ?? '',
      spec?.capacity?.['storage'] ?? '0',
      formatAccessModes(spec?.accessModes),
      spec?.persistentVolumeReclaimPolicy ?? '',
      metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? ''),
      claimRef ? `${claimRef.namespace}/${claimRef.name}` : '',
      metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec?.storageClassName ?? '',
      spec?.volumeAttributesClassName ?? '<unset>',
      status?.reason ?? '',
      age(metadata.creationTimestamp, atMs),
      spec?.volumeMode ?? '<unset>',
    ]
  },
}

/** Source: pkg/apis/core/validation/validation.go:ValidatePersistentVolumeSpec. */
function mistakes(spec: Spec): readonly FieldError[] {
  const { accessModes = [], capacity = {}, hostPath } = spec
  const sources = SOURCES.filter((source) => spec[source])
  const storage = capacity['storage']
  return [
    ...(accessModes.length === 0 ? [required('spec.accessModes')] : []),
    ...accessModes
      .filter((mode) => !ACCESS_MODES.includes(mode))
      .map((mode) => notSupported('spec.accessModes', mode, ACCESS_MODES)),
    ...(Object.keys(capacity).length === 0 ? [required('spec.capacity')] : []),
    ...(Object.keys(capacity).length > 0 && (storage === undefined || Object.keys(capacity).length > 1)
      ? [notSupported('spec.capacity', capacity, ['storage'])]
      : []),
    ...(storage !== undefined && parseQuantity(storage).nanos <= 0n
      ? [invalid('spec.capacity[storage]', storage, 'must be greater than zero')]
      : []),
    ...sources
      .slice(1)
      .map((source) => forbidden(`spec.${source}`, 'may not specify more than 1 volume type')),
    ...(sources.length === 0 ? [required('spec', 'must specify a volume type')] : []),
    ...(hostPath && !hostPath.path ? [required('spec.hostPath.path')] : []),
    ...(hostPath?.path ? noBacksteps('spec.hostPath.path', hostPath.path) : []),
    ...oneOf('spec.persistentVolumeReclaimPolicy', spec.persistentVolumeReclaimPolicy, POLICIES),
    ...optionalSubdomain('spec.storageClassName', spec.storageClassName),
    ...optionalOneOf('spec.volumeMode', spec.volumeMode, ['Block', 'Filesystem']),
  ]
}

function sourceOf(spec: Spec): Partial<Spec> {
  return Object.fromEntries(SOURCES.filter((source) => spec[source]).map((source) => [source, spec[source]]))
}
