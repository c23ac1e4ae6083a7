// What of a Pod that waits behind scheduling gates may change.

import type { V1NodeAffinity, V1NodeSelectorTerm } from '@kubernetes/client-node'
import type { Json, PodSpec } from '../../../../pod/json.ts'
import { isEqual } from '../../../store/equality.ts'
import type { FieldError } from '../../../store/field-error.ts'
import { forbidden, invalid } from '../../../store/field-error.ts'

type FieldErrors = readonly FieldError[]
type Term = Json<V1NodeSelectorTerm>

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution'

/** Gates may go, not come. Source: pkg/apis/core/validation/validation.go:validateOnlyDeletedSchedulingGates. */
export function onlyDeletedGates(
  { schedulingGates = [] }: PodSpec,
  { schedulingGates: before = [] }: PodSpec,
): FieldErrors {
  return schedulingGates.flatMap(({ name }, index) => {
    if (before.some((gate) => gate.name === name)) return []
    const detail = `only deletion is allowed, but found new scheduling gate '${name}'`
    return [forbidden(`spec.schedulingGates[${index}].name`, detail)]
  })
}

/** As long as a Pod is gated its node may be narrowed down. Source: the same file:ValidatePodUpdate. */
export function gatedMistakes(spec: PodSpec, before: PodSpec): FieldErrors {
  if (!before.schedulingGates?.length) return []
  return [
    ...nodeSelectorMistakes(spec, before),
    ...nodeAffinityMistakes(spec.affinity?.nodeAffinity, before.affinity?.nodeAffinity),
  ]
}

function nodeSelectorMistakes(
  { nodeSelector = {} }: PodSpec,
  { nodeSelector: before = {} }: PodSpec,
): FieldErrors {
  if (Object.entries(before).every(([key, value]) => nodeSelector[key] === value)) return []
  const detail = 'only additions to spec.nodeSelector are allowed (no mutations or deletions)'
  return [invalid('spec.nodeSelector', nodeSelector, detail)]
}

function nodeAffinityMistakes(
  affinity: Json<V1NodeAffinity> | undefined,
  before: Json<V1NodeAffinity> | undefined,
): FieldErrors {
  const terms = affinity?.[REQUIRED]?.nodeSelectorTerms
  const old = before?.[REQUIRED]?.nodeSelectorTerms ?? []
  if (old.length === 0) return []
  const path = `spec.affinity.nodeAffinity.${REQUIRED}.nodeSelectorTerms`
  if (terms?.length !== old.length)
    return [invalid(path, terms, 'no additions/deletions to non-empty NodeSelectorTerms list are allowed')]
  return terms.flatMap((term, index) =>
    hasOnlyAdditions(term, old[index])
      ? []
      : [invalid(`${path}[${index}]`, term, 'only additions are allowed (no mutations or deletions)')],
  )
}

/** Source: the same file:validateNodeSelectorTermHasOnlyAdditions. An empty term matches nothing: it stays empty. */
function hasOnlyAdditions(term: Term, before: Term | undefined): boolean {
  const { matchExpressions = [], matchFields = [] } = before ?? {}
  if (matchExpressions.length + matchFields.length === 0)
    return (term.matchExpressions?.length ?? 0) + (term.matchFields?.length ?? 0) === 0
  return (
    matchExpressions.every((old, index) => isEqual(old, term.matchExpressions?.[index])) &&
    matchFields.every((old, index) => isEqual(old, term.matchFields?.[index]))
  )
}
