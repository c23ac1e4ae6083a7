// The kind ControllerRevision: what the template of a StatefulSet or DaemonSet was.

import type { V1ControllerRevision } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import type { FieldError } from '../store/field-error.ts'
import { required } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { ObjectMeta } from '../../pod/json.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column } from './columns.ts'
import { nonNegative } from './field-checks.ts'
import { immutableMistakes } from './workload-restrictions.ts'

export type ControllerRevision = Stored<V1ControllerRevision>

export const controllerRevision: Kind<ControllerRevision> = {
  group: 'apps',
  version: 'v1',
  kind: 'ControllerRevision',
  plural: 'controllerrevisions',
  singular: 'controllerrevision',
  namespaced: true,

  validate: mistakes,
  validateUpdate: (object, old) => [...mistakes(object), ...immutableMistakes('data', object.data, old.data)],
  columns: [NAME_COLUMN, column('Controller'), column('Revision'), AGE_COLUMN],
  cells: ({ metadata, revision }, atMs) => [
    metadata.name ?? '',
    controllerOf(metadata),
    revision ?? 0,
    age(metadata.creationTimestamp, atMs),
  ],
}

/** `daemonset.apps/foo`. Source: pkg/printers/internalversion/printers.go:printControllerRevision. */
function controllerOf({ ownerReferences = [] }: ObjectMeta): string {
  const owner = ownerReferences.find(({ controller }) => controller)
  if (!owner) return '<none>'
  const [group] = owner.apiVersion.includes('/') ? owner.apiVersion.split('/') : ['']
  return `${owner.kind.toLowerCase()}${group ? `.${group}` : ''}/${owner.name}`
}

/** Source: pkg/apis/apps/validation/validation.go:ValidateControllerRevision. */
function mistakes({ data, revision }: ControllerRevision): readonly FieldError[] {
  return [
    ...(data === undefined ? [required('data', 'data is mandatory')] : []),
    ...nonNegative('revision', revision),
  ]
}
