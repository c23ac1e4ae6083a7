// The kind Namespace.

import type { V1Namespace } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import type { FieldError } from '../store/field-error.ts'
import { invalid } from '../store/field-error.ts'
import { qualifiedNameMistakes } from '../../pod/names.ts'
import type { Kind, UpdateStrategy } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column } from './columns.ts'
import { notSupportedField, selectable } from './selectable-fields.ts'

export type Namespace = Stored<V1Namespace>

/** The label that lets selectors name a namespace; it is put back whoever takes it away. */
const NAME_LABEL = 'kubernetes.io/metadata.name'
/** Who empties the namespace before it goes. */
const CONTENTS = 'kubernetes'

/** namespaces/finalize changes spec.finalizers, and nothing else of the spec. */
const finalizeDoor: UpdateStrategy<Namespace> = {
  prepare: (object, old) => ({ ...old, metadata: object.metadata, spec: { ...object.spec } }),
  validate: finalizerMistakes,
}

/** namespaces/status changes the status, whose phase tells whether the namespace is going. */
const statusDoor: UpdateStrategy<Namespace> = {
  prepare: (object, old) => ({ ...object, ...(old.spec && { spec: old.spec }) }),
  validate: phaseMistakes,
}

export const namespace: Kind<Namespace> = {
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  singular: 'namespace',
  shortNames: ['ns'],
  namespaced: false,
  nameRule: 'label',
  verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  hasStatus: true,

  defaults: withNameLabel,
  /** Source: pkg/registry/core/namespace/strategy.go:PrepareForCreate. */
  prepareForCreate(object) {
    const finalizers = object.spec?.finalizers ?? []
    const all = finalizers.includes(CONTENTS) ? finalizers : [...finalizers, CONTENTS]
    return withNameLabel({ ...object, spec: { finalizers: all }, status: { phase: 'Active' } })
  },
  validate: finalizerMistakes,
  warnings: securityWarnings,
  prepareForUpdate: (object, old) => (old.spec ? { ...object, spec: old.spec } : object),

  deletion: {
    answers: 'object',
    /** Whoever asks for no grace: the namespace still stays until it is empty. */
    isHeld: (object) => (object.spec?.finalizers ?? []).length > 0,
    begin: (object) => ({ ...object, status: { ...object.status, phase: 'Terminating' } }),
  },
  subresources: [
    { name: 'status', verbs: ['get', 'patch', 'update'], update: statusDoor },
    { name: 'finalize', verbs: ['update'], update: finalizeDoor },
  ],

  ...selectable<Namespace>({
    'metadata.name': ({ metadata }) => metadata.name ?? '',
    name: ({ metadata }) => metadata.name ?? '',
    'status.phase': ({ status }) => status?.phase ?? '',
  }),
  unknownField: notSupportedField,
  columns: [NAME_COLUMN, column('Status'), AGE_COLUMN],
  cells: ({ metadata, status }, atMs) => [
    metadata.name ?? '',
    status?.phase ?? '',
    age(metadata.creationTimestamp, atMs),
  ],
}

function withNameLabel(object: Namespace): Namespace {
  const { name, labels } = object.metadata
  if (!name || labels?.[NAME_LABEL] === name) return object
  return { ...object, metadata: { ...object.metadata, labels: { ...labels, [NAME_LABEL]: name } } }
}

/** Source: pkg/apis/core/validation/validation.go:ValidateNamespaceStatusUpdate. */
function phaseMistakes({ metadata, status }: Namespace): readonly FieldError[] {
  const phase = status?.phase ?? ''
  const isGoing = metadata.deletionTimestamp !== undefined
  if (phase === (isGoing ? 'Terminating' : 'Active')) return []
  const detail = isGoing
    ? "may only be 'Terminating' if `deletionTimestamp` is not empty"
    : "may only be 'Active' if `deletionTimestamp` is empty"
  return [invalid('status.Phase', phase, detail)]
}

/** Pod security standards are not modelled: whoever asks for them is told. */
function securityWarnings({ metadata }: Namespace): readonly string[] {
  return Object.keys(metadata.labels ?? {})
    .filter((label) => label.startsWith('pod-security.kubernetes.io/'))
    .map(
      (label) =>
        `metadata.labels[${label}]: podproof does not model pod security admission; no Pod is checked`,
    )
}

function finalizerMistakes({ spec }: Namespace): readonly FieldError[] {
  return (spec?.finalizers ?? []).flatMap((name) => [
    ...qualifiedNameMistakes(name).map((detail) => invalid('spec.finalizers', name, detail)),
    ...(name.includes('/') || name === CONTENTS
      ? []
      : [
          invalid(
            'spec.finalizers',
            name,
            'name is neither a standard finalizer name nor is it fully qualified',
          ),
        ]),
  ])
}
