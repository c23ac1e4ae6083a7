// NamespaceLifecycle: nothing is created in a namespace that does not exist or is going, and some namespaces never go.

import { forbiddenError, notFoundError } from '../../store/api-error.ts'
import type { Admission, AdmissionRequest } from '../../store/admission.ts'
import { resourceOf } from '../../store/kind.ts'
import type { Namespace } from '../namespace.ts'
import { namespace as namespaceKind } from '../namespace.ts'

const IMMORTAL = ['default', 'kube-public', 'kube-system']

/** Source: apiserver pkg/admission/plugin/namespace/lifecycle/admission.go. */
export const namespaceLifecycle: Admission = {
  name: 'NamespaceLifecycle',
  admit(request) {
    if (request.operation === 'CREATE' && request.kind.namespaced) refuseUnusableNamespace(request)
    return request.object
  },
  check({ operation, kind, ref }) {
    const isNamespace = resourceOf(kind) === resourceOf(namespaceKind)
    if (operation === 'DELETE' && isNamespace && IMMORTAL.includes(ref.name))
      throw forbiddenError(kind, ref.name, 'this namespace may not be deleted')
  },
}

function refuseUnusableNamespace({ kind, ref, context }: AdmissionRequest): void {
  const name = ref.namespace ?? ''
  const found = context.store.get('namespaces', { name }) as Namespace | undefined
  if (!found) throw notFoundError(namespaceKind, name)
  if (found.status?.phase !== 'Terminating') return
  const why = `unable to create new content in namespace ${name} because it is being terminated`
  const cause = {
    reason: 'NamespaceTerminating',
    message: `namespace ${name} is being terminated`,
    field: 'metadata.namespace',
  }
  throw forbiddenError(kind, ref.name, why, [cause])
}
