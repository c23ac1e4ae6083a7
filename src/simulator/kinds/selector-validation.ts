// What labels and structured selectors may look like.

import type { V1LabelSelector, V1LabelSelectorRequirement } from '@kubernetes/client-node'
import type { Json } from '../../pod/json.ts'
import { labelValueMistakes } from '../../pod/names.ts'
import type { FieldError, FieldPath } from '../store/field-error.ts'
import { forbidden, invalid, required } from '../store/field-error.ts'
import { labelErrors } from '../store/object-meta.ts'
import { invalids, labelKey } from './field-checks.ts'

/** Source: apimachinery pkg/apis/meta/v1/validation/validation.go:ValidateLabelSelector. */
export function selectorMistakes(
  path: FieldPath,
  selector: Json<V1LabelSelector> | undefined,
): readonly FieldError[] {
  if (!selector) return []
  return [
    ...labelErrors(selector.matchLabels, `${path}.matchLabels`),
    ...(selector.matchExpressions ?? []).flatMap((requirement, index) =>
      requirementMistakes(`${path}.matchExpressions[${index}]`, requirement),
    ),
  ]
}

function requirementMistakes(
  path: FieldPath,
  { key, operator, values = [] }: Json<V1LabelSelectorRequirement>,
): readonly FieldError[] {
  return [
    ...operatorMistakes(path, operator, values.length),
    ...labelKey(`${path}.key`, key),
    ...values.flatMap((value, i) => invalids(`${path}.values[${i}]`, value, labelValueMistakes(value))),
  ]
}

/** The operators of sets, and whether they take values: those of selectors and of node affinities alike. */
export function operatorMistakes(
  path: FieldPath,
  operator: string,
  valueCount: number,
): readonly FieldError[] {
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (valueCount > 0) return []
      return [required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'")]
    case 'Exists':
    case 'DoesNotExist':
      if (valueCount === 0) return []
      return [
        forbidden(`${path}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
      ]
    default:
      return [invalid(`${path}.operator`, operator, 'not a valid selector operator')]
  }
}
