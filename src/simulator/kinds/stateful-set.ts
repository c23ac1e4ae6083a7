// The kind StatefulSet.

import type { V1PersistentVolumeClaim, V1StatefulSet, V1StatefulSetSpec } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import type { Json } from '../../pod/json.ts'
import { isEqual } from '../store/equality.ts'
import type { FieldError } from '../store/field-error.ts'
import { forbidden, invalid, required } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column } from './columns.ts'
import { fill, fillZero, mapShared, replace } from './defaulting.ts'
import { invalids, nonNegative, oneOf } from './field-checks.ts'
import { selectorText } from './labels.ts'
import { claimSpecDefaults } from './persistent-volume-claim.ts'
import { podTemplateDefaults } from './pod/pod-defaults.ts'
import { TEMPLATE_COLUMNS, templateCells, templateWarnings, workloadMistakes } from './pod-template-spec.ts'
import { keptRunningMistakes } from './workload-restrictions.ts'
import { dns1123LabelMistakes } from '../../pod/names.ts'

export type StatefulSet = Stored<V1StatefulSet>
type Spec = Json<V1StatefulSetSpec>
type Claim = Json<V1PersistentVolumeClaim>

const EMPTY: Spec = { selector: undefined as unknown as Spec['selector'], template: {} }
/** What of the spec may change; the API server names it in its refusal. */
const CHANGEABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
] as const

export const statefulSet: Kind<StatefulSet> = {
  group: 'apps',
  version: 'v1',
  kind: 'StatefulSet',
  plural: 'statefulsets',
  singular: 'statefulset',
  shortNames: ['sts'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  hasGeneration: true,

  /** Source: pkg/apis/apps/v1/defaults.go:SetDefaults_StatefulSet. */
  defaults(object) {
    const spec = fillZero(
      fill(object.spec ?? EMPTY, { replicas: 1, revisionHistoryLimit: 10, serviceName: '' }),
      { podManagementPolicy: 'OrderedReady' },
    )
    return replace(object, {
      spec: replace(spec, {
        persistentVolumeClaimRetentionPolicy: fillZero(spec.persistentVolumeClaimRetentionPolicy ?? {}, {
          whenDeleted: 'Retain',
          whenScaled: 'Retain',
        }),
        template: spec.template && podTemplateDefaults(spec.template),
        updateStrategy: strategyDefaults(spec.updateStrategy ?? {}),
        volumeClaimTemplates:
          spec.volumeClaimTemplates && mapShared(spec.volumeClaimTemplates, claimDefaults),
      }),
    })
  },
  prepareForCreate: (object) => ({ ...object, status: { replicas: 0, availableReplicas: 0 } }),
  validate: mistakes,
  validateUpdate: (object, old) => [...mistakes(object), ...changes(object, old)],
  warnings: ({ spec }) => templateWarnings('spec.template', spec?.template),
  subresources: [{ name: 'status', verbs: ['get', 'patch', 'update'] }],
  scale: {
    specReplicas: ({ spec }) => spec?.replicas,
    statusReplicas: ({ status }) => status?.replicas ?? 0,
    selector: ({ spec }) => selectorText(spec?.selector),
    withReplicas: (object, replicas) => ({ ...object, spec: { ...(object.spec ?? EMPTY), replicas } }),
  },

  columns: [NAME_COLUMN, column('Ready'), AGE_COLUMN, ...TEMPLATE_COLUMNS],
  cells: ({ metadata, spec, status }, atMs) => [
    metadata.name ?? '',
    `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`,
    age(metadata.creationTimestamp, atMs),
    ...templateCells(spec?.template),
  ],
}

function strategyDefaults(
  strategy: NonNullable<Spec['updateStrategy']>,
): NonNullable<Spec['updateStrategy']> {
  const typed = fillZero(strategy, { type: 'RollingUpdate' })
  if (typed.type !== 'RollingUpdate') return typed
  return replace(typed, { rollingUpdate: fill(typed.rollingUpdate ?? {}, { partition: 0 }) })
}

function claimDefaults(claim: Claim): Claim {
  const typed = fill(claim, { kind: 'PersistentVolumeClaim', apiVersion: 'v1' })
  return replace(typed, {
    spec: claim.spec && claimSpecDefaults(claim.spec),
    status: fillZero(claim.status ?? {}, { phase: 'Pending' }),
  })
}

/** Source: pkg/apis/apps/validation/validation.go:ValidateStatefulSetSpec. */
function mistakes({ spec = EMPTY }: StatefulSet): readonly FieldError[] {
  const { persistentVolumeClaimRetentionPolicy: retention, podManagementPolicy, updateStrategy } = spec
  const partition = updateStrategy?.rollingUpdate?.partition
  const path = 'spec.persistentVolumeClaimRetentionPolicy'
  return [
    ...(podManagementPolicy
      ? oneOf('spec.podManagementPolicy', podManagementPolicy, ['OrderedReady', 'Parallel'])
      : [required('spec.podManagementPolicy')]),
    ...oneOf('spec.updateStrategy', updateStrategy?.type, ['OnDelete', 'RollingUpdate']),
    ...(updateStrategy?.type === 'OnDelete' && updateStrategy.rollingUpdate
      ? [
          invalid(
            'spec.updateStrategy.rollingUpdate',
            updateStrategy.rollingUpdate,
            "only allowed for updateStrategy 'RollingUpdate'",
          ),
        ]
      : []),
    ...nonNegative('spec.updateStrategy.rollingUpdate.partition', partition),
    ...oneOf(`${path}.whenDeleted`, retention?.whenDeleted, ['Retain', 'Delete']),
    ...oneOf(`${path}.whenScaled`, retention?.whenScaled, ['Retain', 'Delete']),
    ...nonNegative('spec.replicas', spec.replicas),
    ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...nonNegative('spec.ordinals.start', spec.ordinals?.start),
    ...(spec.serviceName
      ? invalids('spec.serviceName', spec.serviceName, dns1123LabelMistakes(spec.serviceName))
      : []),
    ...workloadMistakes('statefulset', spec.selector, spec.template),
    ...keptRunningMistakes('StatefulSet', spec.template),
  ]
}

/** Source: the same file:ValidateStatefulSetUpdate. */
function changes(
  { spec = EMPTY }: StatefulSet,
  { spec: before = EMPTY }: StatefulSet,
): readonly FieldError[] {
  const kept = Object.fromEntries(CHANGEABLE.map((field) => [field, before[field]]))
  if (isEqual({ ...spec, ...kept }, before)) return []
  const names = CHANGEABLE.map((field) => `'${field}'`)
  const list = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  return [forbidden('spec', `updates to statefulset spec for fields other than ${list} are forbidden`)]
}
