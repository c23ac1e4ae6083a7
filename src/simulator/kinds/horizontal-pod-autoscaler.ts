// The kind HorizontalPodAutoscaler: stored and listed; without a metrics API nothing scales by it, as on a bare cluster.

import type {
  V2HPAScalingRules,
  V2HorizontalPodAutoscaler,
  V2HorizontalPodAutoscalerSpec,
  V2MetricSpec,
  V2MetricStatus,
} from '@kubernetes/client-node'
import { age } from '../../pod/age.ts'
import type { Json } from '../../pod/json.ts'
import type { FieldError } from '../store/field-error.ts'
import { invalid, required } from '../store/field-error.ts'
import type { Kind } from '../store/kind.ts'
import type { Stored } from '../store/object.ts'
import { AGE_COLUMN, NAME_COLUMN, column } from './columns.ts'
import { fill, replace } from './defaulting.ts'
import { oneOf } from './field-checks.ts'

export type HorizontalPodAutoscaler = Stored<V2HorizontalPodAutoscaler>
type Spec = Json<V2HorizontalPodAutoscalerSpec>
type Metric = Json<V2MetricSpec>
type Rules = Json<V2HPAScalingRules>

const METRIC_TYPES = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource']
/** What is aimed at when no metric is named: four fifths of the requested CPU. */
const DEFAULT_METRICS: readonly Metric[] = [
  { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
]

export const horizontalPodAutoscaler: Kind<HorizontalPodAutoscaler> = {
  group: 'autoscaling',
  version: 'v2',
  kind: 'HorizontalPodAutoscaler',
  plural: 'horizontalpodautoscalers',
  singular: 'horizontalpodautoscaler',
  shortNames: ['hpa'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,

  /** Source: pkg/apis/autoscaling/v2/defaults.go. */
  defaults(object) {
    const { spec } = object
    if (!spec) return object
    const filled = fill(spec, { minReplicas: 1, metrics: DEFAULT_METRICS })
    return replace(object, {
      spec: replace(filled, { behavior: spec.behavior && behaviorDefaults(spec.behavior) }),
    })
  },
  prepareForCreate: (object) => ({
    ...object,
    status: { desiredReplicas: 0, currentMetrics: null as unknown as readonly Json<V2MetricStatus>[] },
  }),
  validate: mistakes,
  validateUpdate: mistakes,
  subresources: [{ name: 'status', verbs: ['get', 'patch', 'update'] }],

  columns: [
    NAME_COLUMN,
    ...['Reference', 'Targets', 'MinPods', 'MaxPods', 'Replicas'].map((name) => column(name)),
    AGE_COLUMN,
  ],
  cells: ({ metadata, spec, status }, atMs) => [
    metadata.name ?? '',
    `${spec?.scaleTargetRef.kind}/${spec?.scaleTargetRef.name}`,
    formatMetrics(spec?.metrics ?? []),
    String(spec?.minReplicas ?? '<unset>'),
    spec?.maxReplicas ?? 0,
    status?.currentReplicas ?? 0,
    age(metadata.creationTimestamp, atMs),
  ],
}

function behaviorDefaults(behavior: NonNullable<Spec['behavior']>): NonNullable<Spec['behavior']> {
  const up: Rules = {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Pods', value: 4, periodSeconds: 15 },
      { type: 'Percent', value: 100, periodSeconds: 15 },
    ],
  }
  const down: Rules = { selectPolicy: 'Max', policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] }
  return replace(behavior, {
    scaleUp: fill(behavior.scaleUp ?? {}, up),
    scaleDown: fill(behavior.scaleDown ?? {}, down),
  })
}

/** `memory: <unknown>/100Mi`: what is, which no metrics API tells, and what should be; two of them, and how many more. */
function formatMetrics(metrics: readonly Metric[]): string {
  if (metrics.length === 0) return '<none>'
  const texts = metrics.map((metric) => {
    const { name, target } = metric.resource ?? metric.containerResource ?? {}
    const wanted =
      target?.averageValue ??
      (target?.averageUtilization === undefined ? '<auto>' : `${target.averageUtilization}%`)
    return name === undefined ? '<unknown>' : `${name}: <unknown>/${wanted}`
  })
  const more = texts.length - 2
  return texts.slice(0, 2).join(', ') + (more > 0 ? ` + ${more} more...` : '')
}

/** Source: pkg/apis/autoscaling/validation/validation.go. */
function mistakes({ spec }: HorizontalPodAutoscaler): readonly FieldError[] {
  const { maxReplicas = 0, minReplicas, scaleTargetRef, metrics = [] } = spec ?? {}
  return [
    ...(minReplicas !== undefined && minReplicas < 1
      ? [invalid('spec.minReplicas', minReplicas, 'must be greater than or equal to 1')]
      : []),
    ...(maxReplicas < 1 ? [required('spec.maxReplicas', 'must be set and greater than 0')] : []),
    ...(minReplicas !== undefined && maxReplicas < minReplicas
      ? [invalid('spec.maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`')]
      : []),
    ...(scaleTargetRef?.kind ? [] : [required('spec.scaleTargetRef.kind')]),
    ...(scaleTargetRef?.name ? [] : [required('spec.scaleTargetRef.name')]),
    ...(scaleTargetRef?.apiVersion
      ? []
      : [
          invalid(
            'spec.scaleTargetRef.apiVersion',
            scaleTargetRef?.apiVersion ?? '',
            'apiVersion must specify API group',
          ),
        ]),
    ...metrics.flatMap(({ type }, index) => oneOf(`spec.metrics[${index}].type`, type, METRIC_TYPES)),
  ]
}
