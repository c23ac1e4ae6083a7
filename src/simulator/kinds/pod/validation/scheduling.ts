// What a Pod may ask of the scheduler beside affinity.

import type {
  V1PodReadinessGate,
  V1PodSchedulingGate,
  V1Toleration,
  V1TopologySpreadConstraint,
} from '@kubernetes/client-node'
import type { Json } from '../../../../pod/json.ts'
import { labelValueMistakes } from '../../../../pod/names.ts'
import type { FieldError, FieldPath } from '../../../store/field-error.ts'
import { duplicate, forbidden, invalid, notSupported, required } from '../../../store/field-error.ts'
import { duplicates, labelKey, oneOf, optionalOneOf } from '../../field-checks.ts'
import { selectorMistakes } from '../../selector-validation.ts'

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']
const UNSATISFIABLE = ['DoNotSchedule', 'ScheduleAnyway']
const POLICIES = ['Honor', 'Ignore']

/** Source: pkg/apis/core/validation/validation.go:ValidateTolerations. */
export function tolerationsMistakes(
  path: FieldPath,
  tolerations: readonly Json<V1Toleration>[],
): readonly FieldError[] {
  return tolerations.flatMap((toleration, index) => {
    const at = `${path}[${index}]`
    const { effect = '', key, operator = '', tolerationSeconds } = toleration
    return [
      ...(key ? labelKey(`${at}.key`, key) : []),
      ...(!key && operator !== 'Exists'
        ? [
            invalid(
              `${at}.operator`,
              operator,
              'operator must be Exists when `key` is empty, which means "match all values and all keys"',
            ),
          ]
        : []),
      ...(tolerationSeconds !== undefined && effect !== 'NoExecute'
        ? [invalid(`${at}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set")]
        : []),
      ...operatorMistakes(`${at}.operator`, toleration),
      ...(effect ? oneOf(`${at}.effect`, effect, EFFECTS) : []),
    ]
  })
}

function operatorMistakes(path: FieldPath, toleration: Json<V1Toleration>): readonly FieldError[] {
  const { operator = '', value = '' } = toleration
  switch (operator) {
    case '':
    case 'Equal': {
      const mistakes = labelValueMistakes(value)
      return mistakes.length > 0 ? [invalid(path, value, mistakes.join(';'))] : []
    }
    case 'Exists':
      return value === ''
        ? []
        : [invalid(path, toleration, "value must be empty when `operator` is 'Exists'")]
    case 'Gt':
    case 'Lt':
      // Comparing tolerations are behind a gate that is off in 1.36; the text names them all the same.
      return [notSupported(path, operator, ['Equal', 'Exists', 'Lt', 'Gt'])]
    default:
      return [notSupported(path, operator, ['Equal', 'Exists'])]
  }
}

/** Source: the same file:validateTopologySpreadConstraints. */
export function topologySpreadMistakes(
  path: FieldPath,
  constraints: readonly Json<V1TopologySpreadConstraint>[],
): readonly FieldError[] {
  const seen = new Set<string>()
  return constraints.flatMap((constraint, index) => {
    const at = `${path}[${index}]`
    const { maxSkew, topologyKey, whenUnsatisfiable, labelSelector, matchLabelKeys = [] } = constraint
    const pair = `{${topologyKey}, ${whenUnsatisfiable}}`
    const isRepeated = seen.has(pair)
    seen.add(pair)
    return [
      ...(maxSkew > 0 ? [] : [invalid(`${at}.maxSkew`, maxSkew ?? 0, 'must be greater than 0')]),
      ...(topologyKey
        ? labelKey(`${at}.topologyKey`, topologyKey)
        : [required(`${at}.topologyKey`, 'can not be empty')]),
      ...oneOf(`${at}.whenUnsatisfiable`, whenUnsatisfiable, UNSATISFIABLE),
      ...(isRepeated ? [duplicate(`${at}.{topologyKey, whenUnsatisfiable}`, pair)] : []),
      ...minDomainsMistakes(`${at}.minDomains`, constraint),
      ...optionalOneOf(`${at}.nodeAffinityPolicy`, constraint.nodeAffinityPolicy, POLICIES),
      ...optionalOneOf(`${at}.nodeTaintsPolicy`, constraint.nodeTaintsPolicy, POLICIES),
      ...(matchLabelKeys.length > 0 && !labelSelector
        ? [forbidden(`${at}.matchLabelKeys`, 'must not be specified when labelSelector is not set')]
        : []),
      ...selectorMistakes(`${at}.labelSelector`, labelSelector),
    ]
  })
}

function minDomainsMistakes(
  path: FieldPath,
  { minDomains, whenUnsatisfiable }: Json<V1TopologySpreadConstraint>,
): readonly FieldError[] {
  if (minDomains === undefined) return []
  if (minDomains <= 0) return [invalid(path, minDomains, 'must be greater than 0')]
  if (whenUnsatisfiable === 'DoNotSchedule') return []
  const detail = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`
  return [invalid(path, minDomains, detail)]
}

/** Source: the same file:validateReadinessGates. */
export function readinessGatesMistakes(
  path: FieldPath,
  gates: readonly Json<V1PodReadinessGate>[],
): readonly FieldError[] {
  return gates.flatMap(({ conditionType }, index) =>
    labelKey(`${path}[${index}].conditionType`, conditionType),
  )
}

/** Source: the same file:validateSchedulingGates. */
export function schedulingGatesMistakes(
  path: FieldPath,
  gates: readonly Json<V1PodSchedulingGate>[],
): readonly FieldError[] {
  return [
    ...gates.flatMap(({ name }, index) => labelKey(`${path}[${index}]`, name)),
    ...duplicates(
      gates.map(({ name }) => name),
      (index) => `${path}[${index}]`,
    ),
  ]
}
