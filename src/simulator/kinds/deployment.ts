// The kind Deployment.

import type { V1Deployment, V1DeploymentSpec, V1DeploymentStrategy } from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import type { Json } from '../../pod/json.ts'
import type { FieldError } from '../store/field-error.ts'
import { forbidden, invalid, notSupported } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column, wideColumn } from './columns.ts'
import { fill, fillZero, replace } from './defaulting.ts'
import { nonNegative } from './field-checks.ts'
import { intOrPercentMistakes, isZero, notMoreThanAll } from './int-or-percent.ts'
import { formatSelector, selectorText } from './labels.ts'
import { podTemplateDefaults } from './pod/pod-defaults.ts'
import { TEMPLATE_COLUMNS, templateCells, templateWarnings, workloadMistakes } from './pod-template-spec.ts'
import { immutableMistakes, keptRunningMistakes } from './workload-restrictions.ts'

export type Deployment = Stored<V1Deployment>
type Spec = Json<V1DeploymentSpec>
type Strategy = Json<V1DeploymentStrategy>

/** What the defaults of a Deployment without a spec start from; validation then says what is missing. */
const EMPTY: Spec = { selector: undefined as unknown as Spec['selector'], template: {} }

export const deployment: Kind<Deployment> = {
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  singular: 'deployment',
  shortNames: ['deploy'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  hasGeneration: true,

  /** Source: pkg/apis/apps/v1/defaults.go:SetDefaults_Deployment. */
  defaults(object) {
    const spec = fill(object.spec ?? EMPTY, {
      replicas: 1,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    })
    return replace(object, {
      spec: replace(spec, {
        strategy: strategyDefaults(spec.strategy ?? {}),
        template: spec.template && podTemplateDefaults(spec.template),
      }),
    })
  },
  prepareForCreate: (object) => ({ ...object, status: {} }),
  validate: mistakes,
  validateUpdate: (object, old) => [
    ...mistakes(object),
    ...immutableMistakes('spec.selector', object.spec?.selector, old.spec?.selector),
  ],
  warnings: ({ spec }) => templateWarnings('spec.template', spec?.template),
  subresources: [{ name: 'status', verbs: ['get', 'patch', 'update'] }],
  scale: {
    specReplicas: ({ spec }) => spec?.replicas,
    statusReplicas: ({ status }) => status?.replicas ?? 0,
    selector: ({ spec }) => selectorText(spec?.selector),
    withReplicas: (object, replicas) => ({ ...object, spec: { ...(object.spec ?? EMPTY), replicas } }),
  },

  columns: [
    NAME_COLUMN,
    column('Ready'),
    column('Up-to-date'),
    column('Available'),
    AGE_COLUMN,
    ...TEMPLATE_COLUMNS,
    wideColumn('Selector'),
  ],
  cells: ({ metadata, spec, status }, atMs) => [
    metadata.name ?? '',
    `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`,
    status?.updatedReplicas ?? 0,
    status?.availableReplicas ?? 0,
    age(metadata.creationTimestamp, atMs),
    ...templateCells(spec?.template),
    formatSelector(spec?.selector),
  ],
}

function strategyDefaults(strategy: Strategy): Strategy {
  const typed = fillZero(strategy, { type: 'RollingUpdate' })
  if (typed.type !== 'RollingUpdate') return typed
  return replace(typed, {
    rollingUpdate: fill(typed.rollingUpdate ?? {}, { maxUnavailable: '25%', maxSurge: '25%' }),
  })
}

/** Source: pkg/apis/apps/validation/validation.go:ValidateDeploymentSpec. */
function mistakes({ spec }: Deployment): readonly FieldError[] {
  const { minReadySeconds = 0, progressDeadlineSeconds } = spec ?? {}
  return [
    ...nonNegative('spec.replicas', spec?.replicas),
    ...workloadMistakes('deployment', spec?.selector, spec?.template),
    ...keptRunningMistakes('ReplicaSet', spec?.template),
    ...strategyMistakes(spec?.strategy ?? {}),
    ...nonNegative('spec.minReadySeconds', minReadySeconds),
    ...nonNegative('spec.revisionHistoryLimit', spec?.revisionHistoryLimit),
    ...nonNegative('spec.progressDeadlineSeconds', progressDeadlineSeconds),
    ...(progressDeadlineSeconds !== undefined && progressDeadlineSeconds <= minReadySeconds
      ? [
          invalid(
            'spec.progressDeadlineSeconds',
            progressDeadlineSeconds,
            'must be greater than minReadySeconds',
          ),
        ]
      : []),
  ]
}

/** Source: the same file:ValidateDeploymentStrategy. An unknown one is shown as Go's structure. */
function strategyMistakes({ type = '', rollingUpdate }: Strategy): readonly FieldError[] {
  const path = 'spec.strategy.rollingUpdate'
  if (type === 'Recreate')
    return rollingUpdate ? [forbidden(path, "may not be specified when strategy `type` is 'Recreate'")] : []
  if (type !== 'RollingUpdate') {
    const shown = { Type: type, RollingUpdate: rollingUpdate ?? null }
    return [notSupported('spec.strategy', shown, ['Recreate', 'RollingUpdate'])]
  }
  const { maxSurge, maxUnavailable } = rollingUpdate ?? {}
  return [
    ...intOrPercentMistakes(`${path}.maxUnavailable`, maxUnavailable),
    ...intOrPercentMistakes(`${path}.maxSurge`, maxSurge),
    ...(isZero(maxUnavailable) && isZero(maxSurge)
      ? [invalid(`${path}.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0')]
      : []),
    ...notMoreThanAll(`${path}.maxUnavailable`, maxUnavailable),
  ]
}
