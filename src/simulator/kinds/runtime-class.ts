// The kind RuntimeClass.

import type { V1RuntimeClass } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import { dns1123LabelMistakes } from '../../pod/names.ts'
import type { FieldError } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import { labelErrors } from '../store/object-meta.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column } from './columns.ts'
import { replace } from './defaulting.ts'
import { invalids } from './field-checks.ts'
import { amountsMistakes, containerResourceNameMistakes } from './pod/validation/resources.ts'
import { tolerationsMistakes } from './pod/validation/scheduling.ts'
import { canonicalResources } from './resource-list.ts'
import { immutableMistakes } from './workload-restrictions.ts'

export type RuntimeClass = Stored<V1RuntimeClass>

export const runtimeClass: Kind<RuntimeClass> = {
  group: 'node.k8s.io',
  version: 'v1',
  kind: 'RuntimeClass',
  plural: 'runtimeclasses',
  singular: 'runtimeclass',
  namespaced: false,

  defaults(object) {
    const fixed = object.overhead?.podFixed
    if (!fixed) return object
    return replace(object, {
      overhead: replace(object.overhead ?? {}, { podFixed: canonicalResources(fixed) }),
    })
  },
  validate: mistakes,
  validateUpdate: (object, old) => immutableMistakes('handler', object.handler, old.handler),
  columns: [NAME_COLUMN, column('Handler'), AGE_COLUMN],
  cells: ({ metadata, handler }, atMs) => [
    metadata.name ?? '',
    handler,
    age(metadata.creationTimestamp, atMs),
  ],
}

/** Source: pkg/apis/node/validation/validation.go:ValidateRuntimeClass. */
function mistakes({ handler, overhead, scheduling }: RuntimeClass): readonly FieldError[] {
  return [
    ...invalids('handler', handler ?? '', dns1123LabelMistakes(handler ?? '')),
    ...amountsMistakes(
      'overhead.podFixed',
      { limits: overhead?.podFixed ?? {} },
      containerResourceNameMistakes,
    ),
    ...labelErrors(scheduling?.nodeSelector, 'scheduling.nodeSelector'),
    ...tolerationsMistakes('scheduling.tolerations', scheduling?.tolerations ?? []),
  ]
}
