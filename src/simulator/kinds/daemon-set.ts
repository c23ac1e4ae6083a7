// The kind DaemonSet.

import type { V1DaemonSet, V1DaemonSetSpec } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import type { Json } from '../../pod/json.ts'
import { isEqual } from '../store/equality.ts'
import type { FieldError } from '../store/field-error.ts'
import { invalid, notSupported } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column, wideColumn } from './columns.ts'
import { fill, fillZero, replace } from './defaulting.ts'
import { nonNegative } from './field-checks.ts'
import { intOrPercentMistakes, isZero, notMoreThanAll } from './int-or-percent.ts'
import { formatLabels, formatSelector } from './labels.ts'
import { podTemplateDefaults } from './pod/pod-defaults.ts'
import { TEMPLATE_COLUMNS, templateCells, templateWarnings, workloadMistakes } from './pod-template-spec.ts'
import { immutableMistakes, keptRunningMistakes } from './workload-restrictions.ts'

export type DaemonSet = Stored<V1DaemonSet>
type Spec = Json<V1DaemonSetSpec>
type Strategy = NonNullable<Spec['updateStrategy']>

const EMPTY: Spec = { selector: undefined as unknown as Spec['selector'], template: {} }
/** How often the template changed, for clients that cannot count revisions. */
const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation'

export const daemonSet: Kind<DaemonSet> = {
  group: 'apps',
  version: 'v1',
  kind: 'DaemonSet',
  plural: 'daemonsets',
  singular: 'daemonset',
  shortNames: ['ds'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  hasGeneration: true,

  /** Source: pkg/apis/apps/v1/defaults.go:SetDefaults_DaemonSet. */
  defaults(object) {
    const spec = fill(object.spec ?? EMPTY, { revisionHistoryLimit: 10 })
    return replace(object, {
      spec: replace(spec, {
        template: spec.template && podTemplateDefaults(spec.template),
        updateStrategy: strategyDefaults(spec.updateStrategy ?? {}),
      }),
    })
  },
  prepareForCreate: (object) => ({
    ...withTemplateGeneration(object, 1),
    status: { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 },
  }),
  prepareForUpdate(object, old) {
    const before = Number(old.metadata.annotations?.[TEMPLATE_GENERATION] ?? 1)
    const isSame = isEqual(object.spec?.template, old.spec?.template)
    return withTemplateGeneration(object, isSame ? before : before + 1)
  },
  validate: mistakes,
  validateUpdate: (object, old) => [
    ...mistakes(object),
    ...immutableMistakes('spec.selector', object.spec?.selector, old.spec?.selector),
  ],
  warnings: ({ spec }) => templateWarnings('spec.template', spec?.template),
  subresources: [{ name: 'status', verbs: ['get', 'patch', 'update'] }],

  columns: [
    NAME_COLUMN,
    ...['Desired', 'Current', 'Ready', 'Up-to-date', 'Available'].map((name) =>
      column(name, { type: 'integer' }),
    ),
    column('Node Selector'),
    AGE_COLUMN,
    ...TEMPLATE_COLUMNS,
    wideColumn('Selector'),
  ],
  cells: ({ metadata, spec, status }, atMs) => [
    metadata.name ?? '',
    status?.desiredNumberScheduled ?? 0,
    status?.currentNumberScheduled ?? 0,
    status?.numberReady ?? 0,
    status?.updatedNumberScheduled ?? 0,
    status?.numberAvailable ?? 0,
    formatLabels(spec?.template?.spec?.nodeSelector),
    age(metadata.creationTimestamp, atMs),
    ...templateCells(spec?.template),
    formatSelector(spec?.selector),
  ],
}

function strategyDefaults(strategy: Strategy): Strategy {
  const typed = fillZero(strategy, { type: 'RollingUpdate' })
  if (typed.type !== 'RollingUpdate') return typed
  return replace(typed, {
    rollingUpdate: fill(typed.rollingUpdate ?? {}, { maxUnavailable: 1, maxSurge: 0 }),
  })
}

function withTemplateGeneration(object: DaemonSet, generation: number): DaemonSet {
  const annotations = { ...object.metadata.annotations, [TEMPLATE_GENERATION]: String(generation) }
  return { ...object, metadata: { ...object.metadata, annotations } }
}

/** Source: pkg/apis/apps/validation/validation.go:ValidateDaemonSetSpec. */
function mistakes({ spec = EMPTY }: DaemonSet): readonly FieldError[] {
  return [
    ...workloadMistakes('daemonset', spec.selector, spec.template),
    ...keptRunningMistakes('DaemonSet', spec.template),
    ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...strategyMistakes(spec.updateStrategy ?? {}),
    ...nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
  ]
}

/** Source: the same file:ValidateDaemonSetUpdateStrategy, ValidateRollingUpdateDaemonSet. */
function strategyMistakes({ type = '', rollingUpdate = {} }: Strategy): readonly FieldError[] {
  const path = 'spec.updateStrategy'
  if (type === 'OnDelete') return []
  if (type !== 'RollingUpdate') return [notSupported(`${path}.type`, type, ['OnDelete', 'RollingUpdate'])]
  const { maxSurge, maxUnavailable } = rollingUpdate
  const at = `${path}.rollingUpdate`
  const both = 'may not be set when maxUnavailable is non-zero'
  return [
    ...intOrPercentMistakes(`${at}.maxUnavailable`, maxUnavailable),
    ...notMoreThanAll(`${at}.maxUnavailable`, maxUnavailable),
    ...intOrPercentMistakes(`${at}.maxSurge`, maxSurge),
    ...notMoreThanAll(`${at}.maxSurge`, maxSurge),
    ...(!isZero(maxUnavailable) && !isZero(maxSurge) ? [invalid(`${at}.maxSurge`, maxSurge, both)] : []),
    ...(isZero(maxUnavailable) && isZero(maxSurge)
      ? [invalid(`${at}.maxUnavailable`, maxUnavailable, 'cannot be 0 when maxSurge is 0')]
      : []),
  ]
}
