// Numbers that may also be given as a share: `maxUnavailable: 25%`.

import { percentMistakes } from '../../pod/names.ts'
import type { FieldError, FieldPath } from '../store/field-error.ts'
import { invalid } from '../store/field-error.ts'
import { invalids, nonNegative } from './field-checks.ts'

type IntOrPercent = number | string

/** Source: pkg/apis/apps/validation/validation.go:ValidatePositiveIntOrPercent. */
export function intOrPercentMistakes(
  path: FieldPath,
  value: IntOrPercent | undefined,
): readonly FieldError[] {
  if (value === undefined) return []
  return typeof value === 'number' ? nonNegative(path, value) : invalids(path, value, percentMistakes(value))
}

/** Source: the same file:IsNotMoreThan100Percent. */
export function notMoreThanAll(path: FieldPath, value: IntOrPercent | undefined): readonly FieldError[] {
  if (typeof value !== 'string' || !/^\d+%$/.test(value) || parseInt(value) <= 100) return []
  return [invalid(path, value, 'must not be greater than 100%')]
}

/** Whether the number or the share is zero. */
export function isZero(value: IntOrPercent | undefined): boolean {
  return typeof value === 'string' ? parseInt(value) === 0 : value === 0
}
