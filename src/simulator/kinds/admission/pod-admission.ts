// What the plugins about Pods have in common: they look at Pods alone, through the main door.

import type { Admission, AdmissionRequest } from '../../store/admission.ts'
import { resourceOf } from '../../store/kind.ts'
import type { Pod } from '../pod/pod.ts'

/** A plugin that looks at Pods, and leaves everything else alone. */
export function podAdmission(
  name: string,
  operations: readonly AdmissionRequest['operation'][],
  admit: (pod: Pod, request: AdmissionRequest) => Pod,
): Admission {
  return {
    name,
    admit(request) {
      const { object, kind, operation, subresource } = request
      const isMeant = resourceOf(kind) === 'pods' && subresource === '' && operations.includes(operation)
      return isMeant ? admit(object as Pod, request) : object
    },
  }
}
