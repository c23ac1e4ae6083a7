// The operations of a kind: which paths it has, and what may be sent to them.

import type { Kind } from '../../store/kind.ts'
import type { CreateOnly } from '../create-only.ts'
import { verbsOf } from '../verbs-of.ts'

/** What both versions of OpenAPI say of one method on one path. */
export interface Operation {
  readonly path: string
  readonly method: 'delete' | 'get' | 'patch' | 'post' | 'put'
  readonly action: 'delete' | 'deletecollection' | 'get' | 'list' | 'patch' | 'post' | 'put'
  readonly parameters: readonly string[]
}

const WRITE_PARAMETERS = ['dryRun', 'fieldManager', 'fieldValidation']
const LIST_PARAMETERS = ['continue', 'fieldSelector', 'labelSelector', 'limit', 'resourceVersion', 'watch']

/** Clients look for a PATCH with `fieldValidation` to learn that the server validates. */
export function operationsOf(kind: CreateOnly | Kind): readonly Operation[] {
  const { group, version, plural, namespaced } = kind
  const root = group ? `/apis/${group}/${version}` : `/api/${version}`
  const collection = namespaced ? `${root}/namespaces/{namespace}/${plural}` : `${root}/${plural}`
  if ('answer' in kind)
    return [{ path: collection, method: 'post', action: 'post', parameters: WRITE_PARAMETERS }]
  const single = `${collection}/{name}`
  const verbs = verbsOf(kind)
  const all: readonly (Operation & { readonly verb: string })[] = [
    { verb: 'list', path: collection, method: 'get', action: 'list', parameters: LIST_PARAMETERS },
    { verb: 'create', path: collection, method: 'post', action: 'post', parameters: WRITE_PARAMETERS },
    {
      verb: 'deletecollection',
      path: collection,
      method: 'delete',
      action: 'deletecollection',
      parameters: LIST_PARAMETERS,
    },
    { verb: 'get', path: single, method: 'get', action: 'get', parameters: [] },
    { verb: 'update', path: single, method: 'put', action: 'put', parameters: WRITE_PARAMETERS },
    {
      verb: 'patch',
      path: single,
      method: 'patch',
      action: 'patch',
      parameters: [...WRITE_PARAMETERS, 'force'],
    },
    {
      verb: 'delete',
      path: single,
      method: 'delete',
      action: 'delete',
      parameters: ['dryRun', 'gracePeriodSeconds', 'propagationPolicy'],
    },
  ]
  return all.filter(({ verb }) => verbs.some((known) => known === verb))
}

/** `x-kubernetes-group-version-kind` of an operation or a schema. */
export function groupVersionKind({
  group,
  version,
  kind,
}: {
  group: string
  version: string
  kind: string
}): object {
  return { group, version, kind }
}
