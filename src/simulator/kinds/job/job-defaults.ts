// What the API server fills in where a Job was left incomplete, and how a Job finds its Pods.

import type { V1JobSpec, V1PodFailurePolicy } from '@kubernetes/client-node'
import type { Json } from '../../../pod/json.ts'
import { fill, fillZero, mapShared, replace } from '../defaulting.ts'
import { podTemplateDefaults } from '../pod/pod-defaults.ts'
import { isEqual } from '../../store/equality.ts'
import type { Job } from './job.ts'

type Spec = Json<V1JobSpec>

const MAX_INT32 = 2_147_483_647
const CONTROLLER_UID = 'controller-uid'
const JOB_NAME = 'job-name'
const PREFIX = 'batch.kubernetes.io/'

/** Source: pkg/apis/batch/v1/defaults.go:SetDefaults_Job. */
export function jobDefaults(object: Job): Job {
  const given = object.spec ?? { template: {} }
  const isOneOff = given.completions === undefined && given.parallelism === undefined
  const spec = fill(given, {
    completions: isOneOff ? 1 : undefined,
    parallelism: 1,
    backoffLimit: given.backoffLimitPerIndex === undefined ? 6 : MAX_INT32,
    completionMode: 'NonIndexed',
    suspend: false,
    manualSelector: false,
    podReplacementPolicy: given.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed',
  })
  const labels = given.template?.metadata?.labels
  return replace(object, {
    metadata:
      Object.keys(object.metadata.labels ?? {}).length === 0
        ? replace(object.metadata, { labels })
        : undefined,
    spec: replace(spec, {
      podFailurePolicy: given.podFailurePolicy && failurePolicyDefaults(given.podFailurePolicy),
      template: given.template && podTemplateDefaults(given.template),
    }),
  })
}

/**
 * A Job selects by its own uid, unless it says that it knows better.
 * Source: pkg/registry/batch/job/strategy.go:generateSelector.
 */
export function withGeneratedSelector(object: Job): Job {
  const spec = object.spec ?? { template: {} }
  if (spec.manualSelector) return object
  const { name = '', uid = '' } = object.metadata
  const own = {
    [PREFIX + CONTROLLER_UID]: uid,
    [PREFIX + JOB_NAME]: name,
    [CONTROLLER_UID]: uid,
    [JOB_NAME]: name,
  }
  const { template, selector } = spec
  const labels = { ...template.metadata?.labels, ...own }
  // Labels that were taken over from the template stay the same as its labels.
  const isLabelled =
    object.metadata.labels !== undefined && !isEqual(object.metadata.labels, template.metadata?.labels)
  return {
    ...object,
    metadata: isLabelled ? object.metadata : { ...object.metadata, labels },
    spec: {
      ...spec,
      selector: { ...selector, matchLabels: { ...selector?.matchLabels, ...generatedLabels(uid) } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  }
}

/** What the generated selector asks for. */
export function generatedLabels(uid: string): Readonly<Record<string, string>> {
  return { [PREFIX + CONTROLLER_UID]: uid }
}

function failurePolicyDefaults(policy: Json<V1PodFailurePolicy>): Json<V1PodFailurePolicy> {
  return replace(policy, {
    rules: mapShared(policy.rules, (rule) =>
      replace(rule, {
        onPodConditions:
          rule.onPodConditions &&
          mapShared(rule.onPodConditions, (pattern) => fillZero(pattern, { status: 'True' })),
      }),
    ),
  })
}

export type { Spec as JobSpec }
