// StorageObjectInUseProtection: a volume or a claim does not go while a Pod uses it.

import type { Admission } from '../../store/admission.ts'
import { resourceOf } from '../../store/kind.ts'

/** Who sees to it that nobody uses the object any more. */
const FINALIZERS: Readonly<Record<string, string>> = {
  persistentvolumeclaims: 'kubernetes.io/pvc-protection',
  persistentvolumes: 'kubernetes.io/pv-protection',
}

/** Source: plugin/pkg/admission/storage/storageobjectinuseprotection/admission.go. */
export const storageProtection: Admission = {
  name: 'StorageObjectInUseProtection',
  admit({ kind, object, operation, subresource }) {
    const finalizer = FINALIZERS[resourceOf(kind)]
    if (finalizer === undefined || operation !== 'CREATE' || subresource !== '') return object
    const { finalizers = [] } = object.metadata
    if (finalizers.includes(finalizer)) return object
    return { ...object, metadata: { ...object.metadata, finalizers: [...finalizers, finalizer] } }
  },
}
