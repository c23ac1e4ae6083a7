// What a Job may look like, and what of it may change.

import type { V1PodFailurePolicy, V1PodFailurePolicyRule } from '@kubernetes/client-node'
import type { Json, PodSpec, PodTemplateSpec } from '../../../pod/json.ts'
import { matchesLabels, structuredSelector } from '../../../pod/label-selector.ts'
import { isEqual } from '../../store/equality.ts'
import type { FieldError, FieldPath } from '../../store/field-error.ts'
import { duplicate, invalid, notSupported, required, tooMany } from '../../store/field-error.ts'
import { without } from '../defaulting.ts'
import { goPodSpec } from '../go/value.ts'
import { labelKey, nonNegative, oneOf } from '../field-checks.ts'
import { templateMistakes } from '../pod-template-spec.ts'
import { selectorMistakes } from '../selector-validation.ts'
import { immutableMistakes } from '../workload-restrictions.ts'
import type { JobSpec } from './job-defaults.ts'
import { generatedLabels } from './job-defaults.ts'
import type { Job } from './job.ts'

type FieldErrors = readonly FieldError[]

const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore']
const MAX_RULES = 20
const MAX_INDEXES = 100_000
const EMPTY: JobSpec = { template: {} }

/** Source: pkg/apis/batch/validation/validation.go:ValidateJob. */
export function jobMistakes(job: Job): FieldErrors {
  const spec = job.spec ?? EMPTY
  return [...generatedSelectorMistakes(job), ...jobSpecMistakes('spec', spec, true)]
}

/** The spec of a Job, also that of a template, which has no selector yet. */
export function jobSpecMistakes(path: FieldPath, spec: JobSpec, needsSelector: boolean): FieldErrors {
  const { completionMode, completions, template } = spec
  return [
    ...(needsSelector ? selectorOf(path, spec) : []),
    ...nonNegative(`${path}.parallelism`, spec.parallelism),
    ...nonNegative(`${path}.completions`, completions),
    ...nonNegative(`${path}.activeDeadlineSeconds`, spec.activeDeadlineSeconds),
    ...nonNegative(`${path}.backoffLimit`, spec.backoffLimit),
    ...nonNegative(`${path}.ttlSecondsAfterFinished`, spec.ttlSecondsAfterFinished),
    ...indexMistakes(path, spec),
    ...(completionMode === undefined
      ? []
      : oneOf(`${path}.completionMode`, completionMode, ['Indexed', 'NonIndexed'])),
    ...(completionMode === 'Indexed' && completions === undefined
      ? [required(`${path}.completions`, 'when completion mode is Indexed')]
      : []),
    ...(spec.podFailurePolicy
      ? failurePolicyMistakes(`${path}.podFailurePolicy`, spec.podFailurePolicy, spec)
      : []),
    ...templateMistakes(`${path}.template`, template),
    ...restartMistakes(`${path}.template.spec.restartPolicy`, spec),
  ]
}

/** The spec is looked at twice, as on a real server, and its mistakes are told twice. Source: the same file:ValidateJobUpdate. */
export function jobUpdateMistakes(job: Job, old: Job): FieldErrors {
  const spec = job.spec ?? EMPTY
  const before = old.spec ?? EMPTY
  const isElastic = spec.completionMode === 'Indexed' && spec.completions === spec.parallelism
  return [
    ...jobMistakes(job),
    ...jobSpecMistakes('spec', spec, true),
    ...(isElastic ? [] : immutableMistakes('spec.completions', spec.completions, before.completions)),
    ...immutableMistakes('spec.selector', spec.selector, before.selector),
    ...templateChanges(spec, old),
    ...immutableMistakes('spec.completionMode', spec.completionMode, before.completionMode),
    ...immutableMistakes('spec.podFailurePolicy', spec.podFailurePolicy, before.podFailurePolicy),
    ...immutableMistakes('spec.backoffLimitPerIndex', spec.backoffLimitPerIndex, before.backoffLimitPerIndex),
    ...immutableMistakes('spec.managedBy', spec.managedBy, before.managedBy),
  ]
}

/**
 * Where a suspended Job that has not begun shall run may still be said; the rest of its template stays.
 * Source: the same file:validatePodTemplateUpdate. The new template is shown as Go's structure.
 */
function templateChanges(
  { template }: JobSpec,
  { spec: { suspend, template: before } = EMPTY, status }: Job,
): FieldErrors {
  const mayMove = suspend === true && !status?.startTime
  const munged = mayMove && template.spec ? withPlacementOf(before, template) : template
  if (isEqual(munged, before)) return []
  const path = isEqual(munged.metadata, before.metadata) ? 'spec.template.spec' : 'spec.template'
  const shown = munged.spec ? goPodSpec(munged.spec) : null
  return [invalid(path, shown, 'field is immutable')]
}

/** The new template with the old labels, annotations and placement. */
function withPlacementOf(before: PodTemplateSpec, template: PodTemplateSpec): PodTemplateSpec {
  const placement = ['affinity', 'nodeSelector', 'schedulingGates', 'tolerations'] as const
  const kept = Object.fromEntries(
    placement.flatMap((field) => (before.spec?.[field] === undefined ? [] : [[field, before.spec[field]]])),
  )
  const spec = { ...(without(template.spec ?? { containers: [] }, ...placement) as PodSpec), ...kept }
  return { ...before, spec }
}

function generatedSelectorMistakes({ metadata, spec }: Job): FieldErrors {
  if (spec?.manualSelector || !spec?.selector) return []
  const expected = { matchLabels: generatedLabels(metadata.uid ?? '') }
  if (isEqual(spec.selector, expected)) return []
  return [invalid('spec.selector', spec.selector, '`selector` not auto-generated')]
}

function selectorOf(path: FieldPath, { selector, template }: JobSpec): FieldErrors {
  if (!selector) return [required(`${path}.selector`)]
  const labels = template?.metadata?.labels
  const isMatched = matchesLabels(structuredSelector(selector) ?? [], labels)
  return [
    ...selectorMistakes(`${path}.selector`, selector),
    ...(isMatched
      ? []
      : [invalid(`${path}.template.metadata.labels`, labels, '`selector` does not match template `labels`')]),
  ]
}

/** Limits of single indexes only make sense where there are indexes. */
function indexMistakes(path: FieldPath, spec: JobSpec): FieldErrors {
  const { backoffLimitPerIndex, completionMode, completions, maxFailedIndexes } = spec
  const isIndexed = completionMode === 'Indexed'
  const needsIndexes = (field: string, value: number | undefined) =>
    value !== undefined && !isIndexed
      ? [invalid(`${path}.${field}`, value, 'requires indexed completion mode')]
      : []
  return [
    ...nonNegative(`${path}.backoffLimitPerIndex`, backoffLimitPerIndex),
    ...needsIndexes('backoffLimitPerIndex', backoffLimitPerIndex),
    ...nonNegative(`${path}.maxFailedIndexes`, maxFailedIndexes),
    ...needsIndexes('maxFailedIndexes', maxFailedIndexes),
    ...(maxFailedIndexes !== undefined && backoffLimitPerIndex === undefined
      ? [required(`${path}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified')]
      : []),
    ...(isIndexed && (spec.parallelism ?? 0) > MAX_INDEXES && completions !== undefined
      ? [
          invalid(
            `${path}.parallelism`,
            spec.parallelism,
            `must be less than or equal to ${MAX_INDEXES} when parallelism is set with completions`,
          ),
        ]
      : []),
  ]
}

function restartMistakes(path: FieldPath, { podFailurePolicy, template }: JobSpec): FieldErrors {
  const policy = template?.spec?.restartPolicy ?? ''
  if (policy === '' || policy === 'Always') return [required(path, 'valid values: "OnFailure", "Never"')]
  if (policy !== 'OnFailure' && policy !== 'Never')
    return [notSupported(path, policy, ['OnFailure', 'Never'])]
  if (!podFailurePolicy || policy === 'Never') return []
  return [invalid(path, policy, 'only "Never" is supported when podFailurePolicy is specified')]
}

/** Source: the same file:validatePodFailurePolicy. */
function failurePolicyMistakes(
  path: FieldPath,
  { rules }: Json<V1PodFailurePolicy>,
  spec: JobSpec,
): FieldErrors {
  if (rules.length > MAX_RULES) return [tooMany(`${path}.rules`, rules.length, MAX_RULES)]
  return rules.flatMap((rule, index) => ruleMistakes(`${path}.rules[${index}]`, rule, spec))
}

function ruleMistakes(path: FieldPath, rule: Json<V1PodFailurePolicyRule>, spec: JobSpec): FieldErrors {
  const { action, onExitCodes, onPodConditions } = rule
  const names = [...(spec.template.spec?.containers ?? []), ...(spec.template.spec?.initContainers ?? [])]
  const one = 'specifying both OnExitCodes and OnPodConditions is not supported'
  const { containerName, operator, values = [] } = onExitCodes ?? {}
  return [
    ...(action
      ? oneOf(`${path}.action`, action, ACTIONS)
      : [
          required(
            `${path}.action`,
            `valid values: ${ACTIONS.map((name) => JSON.stringify(name)).join(', ')}`,
          ),
        ]),
    ...(action === 'FailIndex' && spec.backoffLimitPerIndex === undefined
      ? [invalid(`${path}.action`, action, 'requires the backoffLimitPerIndex to be set')]
      : []),
    ...(onExitCodes && onPodConditions?.length ? [invalid(path, rule, one)] : []),
    ...(onExitCodes || onPodConditions?.length
      ? []
      : [invalid(path, rule, 'specifying one of OnExitCodes and OnPodConditions is required')]),
    ...(containerName && !names.some(({ name }) => name === containerName)
      ? [
          invalid(
            `${path}.onExitCodes.containerName`,
            containerName,
            'must be one of the container or initContainer names in the pod template',
          ),
        ]
      : []),
    ...(onExitCodes ? oneOf(`${path}.onExitCodes.operator`, operator, ['In', 'NotIn']) : []),
    ...(onExitCodes && values.length === 0
      ? [invalid(`${path}.onExitCodes.values`, values, 'at least one value is required')]
      : []),
    ...values.flatMap((value, i) =>
      exitCodeMistakes(`${path}.onExitCodes.values[${i}]`, value, values.slice(0, i), operator),
    ),
    ...(onPodConditions ?? []).flatMap(({ type, status }, i) => [
      ...labelKey(`${path}.onPodConditions[${i}].type`, type),
      ...oneOf(`${path}.onPodConditions[${i}].status`, status, ['False', 'True', 'Unknown']),
    ]),
  ]
}

function exitCodeMistakes(
  path: FieldPath,
  value: number,
  before: readonly number[],
  operator: string | undefined,
): FieldErrors {
  if (before.includes(value)) return [duplicate(path, value)]
  return operator === 'In' && value === 0 ? [invalid(path, value, 'must not be 0 for the In operator')] : []
}
