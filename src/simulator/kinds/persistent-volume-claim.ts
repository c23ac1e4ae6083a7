// The kind PersistentVolumeClaim.

import type { V1PersistentVolumeClaim, V1PersistentVolumeClaimSpec } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import type { Json } from '../../pod/json.ts'
import { parseQuantity } from '../../pod/quantity.ts'
import { isEqual } from '../store/equality.ts'
import type { FieldError } from '../store/field-error.ts'
import { forbidden, invalid, notSupported, required } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { ACCESS_MODES, formatAccessModes } from './access-modes.ts'
import { AGE_COLUMN, NAME_COLUMN, column, wideColumn } from './columns.ts'
import { fill, replace } from './defaulting.ts'
import { optionalOneOf, optionalSubdomain } from './field-checks.ts'
import { canonicalResources } from './resource-list.ts'
import { goDifference } from './go/difference.ts'
import { goValue } from './go/value.ts'
import { selectorMistakes } from './selector-validation.ts'
import { compareQuantities } from '../../pod/quantity-arithmetic.ts'

export type PersistentVolumeClaim = Stored<V1PersistentVolumeClaim>
type Spec = Json<V1PersistentVolumeClaimSpec>

export const persistentVolumeClaim: Kind<PersistentVolumeClaim> = {
  group: '',
  version: 'v1',
  kind: 'PersistentVolumeClaim',
  plural: 'persistentvolumeclaims',
  singular: 'persistentvolumeclaim',
  shortNames: ['pvc'],
  namespaced: true,
  hasStatus: true,

  defaults: (object) => replace(object, { spec: claimSpecDefaults(object.spec ?? {}) }),
  prepareForCreate: (object) => ({ ...object, status: { phase: 'Pending' } }),
  validate: ({ spec = {} }) => mistakes(spec),
  validateUpdate: (object, old) => [...mistakes(object.spec ?? {}), ...changes(object, old)],
  deletion: { answers: 'object' },
  subresources: [{ name: 'status', verbs: ['get', 'patch', 'update'] }],

  columns: [
    NAME_COLUMN,
    ...['Status', 'Volume', 'Capacity', 'Access Modes', 'StorageClass', 'VolumeAttributesClass'].map((name) =>
      column(name),
    ),
    AGE_COLUMN,
    wideColumn('VolumeMode'),
  ],
  /** Source: pkg/printers/internalversion/printers.go:printPersistentVolumeClaim. */
  cells({ metadata, spec, status }, atMs) {
    const isBound = Boolean(spec?.volumeName)
    return [
      metadata.name ?? '',
      metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? ''),
      spec?.volumeName ?? '',
      isBound ? (status?.capacity?.['storage'] ?? '0') : '',
      isBound ? formatAccessModes(status?.accessModes) : '',
      metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec?.storageClassName ?? '',
      spec?.volumeAttributesClassName ?? '<unset>',
      age(metadata.creationTimestamp, atMs),
      spec?.volumeMode ?? '<unset>',
    ]
  },
}

/** The spec of a claim, also in a template. Source: pkg/apis/core/v1/defaults.go:SetDefaults_PersistentVolumeClaimSpec. */
export function claimSpecDefaults(spec: Spec): Spec {
  const filled = fill(spec, { resources: {}, volumeMode: 'Filesystem' })
  const { limits, requests } = filled.resources ?? {}
  return replace(filled, {
    resources: replace(filled.resources ?? {}, {
      limits: limits && canonicalResources(limits),
      requests: requests && canonicalResources(requests),
    }),
  })
}

/** Source: pkg/apis/core/validation/validation.go:ValidatePersistentVolumeClaimSpec. */
function mistakes(spec: Spec): readonly FieldError[] {
  const { accessModes = [], resources, selector, storageClassName, volumeMode } = spec
  const storage = resources?.requests?.['storage']
  return [
    ...(accessModes.length === 0 ? [required('spec.accessModes', 'at least 1 access mode is required')] : []),
    ...selectorMistakes('spec.selector', selector),
    ...accessModes
      .filter((mode) => !ACCESS_MODES.includes(mode))
      .map((mode) => notSupported('spec.accessModes', mode, ACCESS_MODES)),
    ...(accessModes.includes('ReadWriteOncePod') && accessModes.length > 1
      ? [forbidden('spec.accessModes', 'may not use ReadWriteOncePod with other access modes')]
      : []),
    ...storageMistakes(storage),
    ...optionalSubdomain('spec.storageClassName', storageClassName),
    ...optionalOneOf('spec.volumeMode', volumeMode, ['Block', 'Filesystem']),
  ]
}

function storageMistakes(storage: string | undefined): readonly FieldError[] {
  const path = 'spec.resources[storage]'
  if (storage === undefined) return [required(path)]
  return parseQuantity(storage).nanos > 0n ? [] : [invalid(path, storage, 'must be greater than zero')]
}

/** Only the storage may grow once the claim is bound. Source: the same file:ValidatePersistentVolumeClaimUpdate. */
function changes(
  { spec = {} }: PersistentVolumeClaim,
  { spec: before = {}, status }: PersistentVolumeClaim,
): readonly FieldError[] {
  const munged = {
    ...spec,
    resources: before.resources,
    volumeAttributesClassName: before.volumeAttributesClassName,
    ...(before.volumeName ? {} : { volumeName: before.volumeName }),
  }
  const storage = spec.resources?.requests?.['storage'] ?? '0'
  const old = before.resources?.requests?.['storage'] ?? '0'
  const why =
    'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims'
  const shown = (claim: Spec) => goValue('PersistentVolumeClaimSpec', claim)
  const refusal = () => forbidden('spec', `${why}\n${goDifference(shown(before), shown(spec))}`)
  if (!isEqual(munged, before)) return [refusal()]
  const growth = compareQuantities(parseQuantity(storage), parseQuantity(old))
  if (growth !== 0 && status?.phase !== 'Bound') return [refusal()]
  if (growth < 0)
    return [forbidden('spec.resources.requests.storage', 'field can not be less than status.capacity')]
  return []
}
