// What Pods that are kept running may not ask for.

import type { PodTemplateSpec } from '../../pod/json.ts'
import type { FieldError } from '../store/field-error.ts'
import { forbidden, invalid, notSupported } from '../store/field-error.ts'
import { isEqual } from '../store/equality.ts'

/** They are restarted always, and have no deadline. Source: pkg/apis/apps/validation/validation.go. */
export function keptRunningMistakes(
  owner: string,
  template: PodTemplateSpec | undefined,
): readonly FieldError[] {
  const { activeDeadlineSeconds, restartPolicy } = template?.spec ?? {}
  const path = 'spec.template.spec'
  return [
    ...(restartPolicy === undefined || restartPolicy === 'Always'
      ? []
      : [notSupported(`${path}.restartPolicy`, restartPolicy, ['Always'])]),
    ...(activeDeadlineSeconds === undefined
      ? []
      : [forbidden(`${path}.activeDeadlineSeconds`, `activeDeadlineSeconds in ${owner} is not Supported`)]),
  ]
}

/** What a workload selects never changes. */
export function immutableMistakes(path: string, value: unknown, old: unknown): readonly FieldError[] {
  return isEqual(value, old) ? [] : [invalid(path, value, 'field is immutable')]
}
