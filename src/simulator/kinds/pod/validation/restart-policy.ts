// When a container may be restarted on its own terms.

import type { V1ContainerRestartRule } from '@kubernetes/client-node'
import type { Container, Json } from '../../../../pod/json.ts'
import type { FieldError, FieldPath } from '../../../store/field-error.ts'
import { forbidden, required, tooMany } from '../../../store/field-error.ts'
import { oneOf, optionalOneOf } from '../../field-checks.ts'

const POLICIES = ['Always', 'Never', 'OnFailure']
const ACTIONS = ['Restart', 'RestartAllContainers']
const OPERATORS = ['In', 'NotIn']
const MAX_RULES = 20
const MAX_EXIT_CODES = 255

/** Source: pkg/apis/core/validation/validation.go:validateContainerRestartPolicy. */
export function restartPolicyMistakes(
  path: FieldPath,
  { restartPolicy, restartPolicyRules: rules = [] }: Container,
  isInit: boolean,
): readonly FieldError[] {
  const at = `${path}.restartPolicyRules`
  return [
    ...optionalOneOf(`${path}.restartPolicy`, restartPolicy, POLICIES),
    ...(rules.length > 0 && restartPolicy === undefined
      ? [required(`${path}.restartPolicy`, 'must specify restartPolicy when restart rules are used')]
      : []),
    ...(isInit && restartPolicy === 'Always' && rules.some(({ action }) => action === 'Restart')
      ? [forbidden(at, 'restartPolicyRules are not allowed for init containers with restart policy Always')]
      : []),
    ...(rules.length > MAX_RULES ? [tooMany(at, rules.length, MAX_RULES)] : []),
    ...rules.flatMap((rule, index) => ruleMistakes(`${at}[${index}]`, rule)),
  ]
}

function ruleMistakes(
  path: FieldPath,
  { action, exitCodes }: Json<V1ContainerRestartRule>,
): readonly FieldError[] {
  const mistakes = oneOf(`${path}.action`, action, ACTIONS)
  if (!exitCodes) return [...mistakes, required(`${path}.exitCodes`, 'must be specified')]
  const count = exitCodes.values?.length ?? 0
  return [
    ...mistakes,
    ...oneOf(`${path}.exitCodes.operator`, exitCodes.operator, OPERATORS),
    ...(count > MAX_EXIT_CODES ? [tooMany(`${path}.exitCodes.values`, count, MAX_EXIT_CODES)] : []),
  ]
}
