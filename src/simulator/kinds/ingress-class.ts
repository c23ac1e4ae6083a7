// The kind IngressClass.

import type { V1IngressClass } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import { qualifiedNameMistakes } from '../../pod/names.ts'
import type { FieldError } from '../store/field-error.ts'
import { invalid, required } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column } from './columns.ts'
import { fill, replace } from './defaulting.ts'
import { invalids, oneOf } from './field-checks.ts'

export type IngressClass = Stored<V1IngressClass>

export const ingressClass: Kind<IngressClass> = {
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IngressClass',
  plural: 'ingressclasses',
  singular: 'ingressclass',
  namespaced: false,
  hasGeneration: true,

  defaults(object) {
    const { spec } = object
    if (!spec?.parameters) return object
    return replace(object, {
      spec: replace(spec, { parameters: fill(spec.parameters, { scope: 'Cluster' }) }),
    })
  },
  validate: mistakes,
  validateUpdate: (object, old) =>
    object.spec?.controller === old.spec?.controller
      ? mistakes(object)
      : [invalid('spec.controller', object.spec?.controller, 'field is immutable')],
  columns: [NAME_COLUMN, column('Controller'), column('Parameters'), AGE_COLUMN],
  cells: ({ metadata, spec }, atMs) => {
    const { apiGroup, kind, name } = spec?.parameters ?? {}
    const parameters = kind ? `${kind}${apiGroup ? `.${apiGroup}` : ''}/${name}` : '<none>'
    return [metadata.name ?? '', spec?.controller ?? '', parameters, age(metadata.creationTimestamp, atMs)]
  },
}

/** Source: pkg/apis/networking/validation/validation.go:ValidateIngressClass. */
function mistakes({ spec = {} }: IngressClass): readonly FieldError[] {
  const { controller, parameters } = spec
  return [
    ...(controller
      ? invalids('spec.controller', controller, qualifiedNameMistakes(controller))
      : [required('spec.controller')]),
    ...(parameters ? oneOf('spec.parameters.scope', parameters.scope, ['Cluster', 'Namespace']) : []),
    ...(parameters && !parameters.kind ? [required('spec.parameters.kind')] : []),
    ...(parameters && !parameters.name ? [required('spec.parameters.name')] : []),
  ]
}
