// The Pods of an indexed Job: each has an index, in its name, its hostname and its environment.

import type { Container, PodTemplateSpec } from '../../../pod/json.ts'
import type { Job } from '../../kinds/job/job.ts'
import type { Pod } from '../../kinds/pod/pod.ts'
import type { PodShape } from '../pod-control.ts'
import type { Assessment } from './assessment.ts'
import { failuresBefore, INDEX, INDEX_FAILURES, indexOf } from './indexes.ts'

const VARIABLE = 'JOB_COMPLETION_INDEX'

/** The lowest indexes that have no Pod and need one. Source: job/indexed_job_utils.go:firstPendingIndexes. */
export function nextIndexes({ spec }: Job, found: Assessment, count: number): readonly number[] {
  const taken = new Set(found.active.map(indexOf))
  const next: number[] = []
  for (let index = 0; index < (spec?.completions ?? 0) && next.length < count; index++) {
    if (taken.has(index) || found.succeededIndexes.has(index) || found.failedIndexes.has(index)) continue
    next.push(index)
  }
  return next
}

/** What makes a Pod of the template that of an index. Source: job_controller.go:manageJob, addCompletionIndexEnvVariables. */
export function indexedShape(job: Job, index: number, found: Assessment): PodShape {
  const { name } = job.metadata
  const { template, backoffLimitPerIndex } = job.spec ?? {}
  const failures = lastFailures(found.newlyFailed, index)
  return {
    generateName: `${name}-${index}-`,
    labels: { [INDEX]: String(index) },
    annotations: {
      [INDEX]: String(index),
      ...(backoffLimitPerIndex !== undefined && { [INDEX_FAILURES]: String(failures) }),
    },
    ...(template?.spec && { spec: withIndex(template.spec, `${name}-${index}`) }),
  }
}

function lastFailures(newlyFailed: readonly Pod[], index: number): number {
  const failed = newlyFailed.filter((pod) => indexOf(pod) === index)
  return Math.max(0, ...failed.map((pod) => failuresBefore(pod) + 1))
}

function withIndex(
  spec: NonNullable<PodTemplateSpec['spec']>,
  hostname: string,
): NonNullable<PodTemplateSpec['spec']> {
  const fieldRef = { apiVersion: 'v1', fieldPath: `metadata.labels['${INDEX}']` }
  const withVariable = (container: Container): Container => {
    const { env = [] } = container
    if (env.some(({ name }) => name === VARIABLE)) return container
    return { ...container, env: [...env, { name: VARIABLE, valueFrom: { fieldRef } }] }
  }
  return {
    ...spec,
    ...(!spec.hostname && { hostname }),
    containers: spec.containers.map(withVariable),
    ...(spec.initContainers && { initContainers: spec.initContainers.map(withVariable) }),
  }
}
