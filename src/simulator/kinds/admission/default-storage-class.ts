// DefaultStorageClass: a claim that names no class gets the default one.

import type { Admission } from '../../store/admission.ts'
import { resourceOf } from '../../store/kind.ts'
import type { PersistentVolumeClaim } from '../persistent-volume-claim.ts'
import type { StorageClass } from '../storage-class.ts'
import { isDefaultClass } from '../storage-class.ts'

const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class'

/** Of several defaults the newest counts. Source: plugin/pkg/admission/storage/storageclass/setdefault/admission.go. */
export const defaultStorageClass: Admission = {
  name: 'DefaultStorageClass',
  admit({ context, kind, object, operation }) {
    if (resourceOf(kind) !== 'persistentvolumeclaims' || operation !== 'CREATE') return object
    const claim = object as PersistentVolumeClaim
    const isNamed =
      claim.spec?.storageClassName !== undefined || claim.metadata.annotations?.[CLASS_ANNOTATION]
    if (isNamed) return object
    const classes = context.store.list('storageclasses.storage.k8s.io') as readonly StorageClass[]
    const name = classes.filter(isDefaultClass).toSorted(newestFirst)[0]?.metadata.name
    return name === undefined ? object : { ...claim, spec: { ...claim.spec, storageClassName: name } }
  },
}

function newestFirst(a: StorageClass, b: StorageClass): number {
  const ageOf = ({ metadata }: StorageClass) => Date.parse(metadata.creationTimestamp ?? '')
  return ageOf(b) - ageOf(a)
}
