// To which nodes, and to which other Pods, a Pod may want to be near.

import type {
  V1Affinity,
  V1NodeAffinity,
  V1NodeSelectorRequirement,
  V1NodeSelectorTerm,
  V1PodAffinity,
  V1PodAffinityTerm,
} from '@kubernetes/client-node'
import type { Json } from '../../../../pod/json.ts'
import { dns1123LabelMistakes, labelValueMistakes } from '../../../../pod/names.ts'
import type { FieldError, FieldPath } from '../../../store/field-error.ts'
import { invalid, required } from '../../../store/field-error.ts'
import { invalids, labelKey } from '../../field-checks.ts'
import { operatorMistakes, selectorMistakes } from '../../selector-validation.ts'

type Requirement = Json<V1NodeSelectorRequirement>

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution'
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution'

/** Source: pkg/apis/core/validation/validation.go:validateAffinity. */
export function affinityMistakes(path: FieldPath, affinity: Json<V1Affinity>): readonly FieldError[] {
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity
  return [
    ...(nodeAffinity ? nodeAffinityMistakes(`${path}.nodeAffinity`, nodeAffinity) : []),
    ...(podAffinity ? podAffinityMistakes(`${path}.podAffinity`, podAffinity) : []),
    ...(podAntiAffinity ? podAffinityMistakes(`${path}.podAntiAffinity`, podAntiAffinity) : []),
  ]
}

function nodeAffinityMistakes(path: FieldPath, affinity: Json<V1NodeAffinity>): readonly FieldError[] {
  const needed = affinity[REQUIRED]
  const preferred = affinity[PREFERRED] ?? []
  return [
    ...(needed ? termsMistakes(`${path}.${REQUIRED}.nodeSelectorTerms`, needed.nodeSelectorTerms) : []),
    ...preferred.flatMap(({ weight, preference }, index) => [
      ...weightMistakes(`${path}.${PREFERRED}[${index}].weight`, weight),
      ...termMistakes(`${path}.${PREFERRED}[${index}].preference`, preference),
    ]),
  ]
}

function termsMistakes(
  path: FieldPath,
  terms: readonly Json<V1NodeSelectorTerm>[] | undefined,
): readonly FieldError[] {
  if (!terms?.length) return [required(path, 'must have at least one node selector term')]
  return terms.flatMap((term, index) => termMistakes(`${path}[${index}]`, term))
}

function termMistakes(path: FieldPath, term: Json<V1NodeSelectorTerm> | undefined): readonly FieldError[] {
  return [
    ...(term?.matchExpressions ?? []).flatMap((requirement, i) =>
      expressionMistakes(`${path}.matchExpressions[${i}]`, requirement),
    ),
    ...(term?.matchFields ?? []).flatMap((requirement, i) =>
      fieldMistakes(`${path}.matchFields[${i}]`, requirement),
    ),
  ]
}

function expressionMistakes(
  path: FieldPath,
  { key, operator, values = [] }: Requirement,
): readonly FieldError[] {
  const isOrder = operator === 'Gt' || operator === 'Lt'
  const order =
    values.length === 1
      ? []
      : [required(`${path}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'")]
  return [
    ...(isOrder ? order : operatorMistakes(path, operator, values.length)),
    ...labelKey(`${path}.key`, key),
    ...values.flatMap((value, i) => invalids(`${path}.values[${i}]`, value, labelValueMistakes(value))),
  ]
}

/** The only field is the name of the node. Source: the same file:ValidateNodeFieldSelectorRequirement. */
function fieldMistakes(path: FieldPath, { key, operator, values = [] }: Requirement): readonly FieldError[] {
  const isSet = operator === 'In' || operator === 'NotIn'
  return [
    ...(isSet ? [] : [invalid(`${path}.operator`, operator, 'not a valid selector operator')]),
    ...(isSet && values.length !== 1
      ? [
          required(
            `${path}.values`,
            "must be only one value when `operator` is 'In' or 'NotIn' for node field selector",
          ),
        ]
      : []),
    ...(key === 'metadata.name' ? [] : [invalid(`${path}.key`, key, 'not a valid field selector key')]),
  ]
}

function podAffinityMistakes(path: FieldPath, affinity: Json<V1PodAffinity>): readonly FieldError[] {
  return [
    ...(affinity[REQUIRED] ?? []).flatMap((term, i) => podTermMistakes(`${path}.${REQUIRED}[${i}]`, term)),
    ...(affinity[PREFERRED] ?? []).flatMap(({ weight, podAffinityTerm }, i) => [
      ...weightMistakes(`${path}.${PREFERRED}[${i}].weight`, weight),
      ...podTermMistakes(`${path}.${PREFERRED}[${i}].podAffinityTerm`, podAffinityTerm),
    ]),
  ]
}

function podTermMistakes(path: FieldPath, term: Json<V1PodAffinityTerm>): readonly FieldError[] {
  const { labelSelector, namespaceSelector, namespaces = [], topologyKey } = term
  return [
    ...selectorMistakes(`${path}.labelSelector`, labelSelector),
    ...selectorMistakes(`${path}.namespaceSelector`, namespaceSelector),
    ...namespaces.flatMap((name) => invalids(`${path}.namespace`, name, dns1123LabelMistakes(name))),
    ...(topologyKey ? [] : [required(`${path}.topologyKey`, 'can not be empty')]),
    ...labelKey(`${path}.topologyKey`, topologyKey),
  ]
}

function weightMistakes(path: FieldPath, weight: number): readonly FieldError[] {
  return weight >= 1 && weight <= 100 ? [] : [invalid(path, weight ?? 0, 'must be in the range 1-100')]
}
