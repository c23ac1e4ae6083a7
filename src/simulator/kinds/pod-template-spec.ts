// What the templates of Pods have in common, in whatever kind they are.

import type { V1LabelSelector } from '@kubernetes/client-node'
import type { Json, PodTemplateSpec } from '../../pod/json.ts'
import { matchesLabels, structuredSelector } from '../../pod/label-selector.ts'
import type { FieldError, FieldPath } from '../store/field-error.ts'
import { invalid, required } from '../store/field-error.ts'
import { annotationErrors, labelErrors } from '../store/object-meta.ts'
import type { Column } from '../store/kind.ts'
import { wideColumn } from './columns.ts'
import { podSpecMistakes } from './pod/validation/pod-spec.ts'
import { podSpecWarnings } from './pod/validation/warnings.ts'
import { selectorMistakes } from './selector-validation.ts'

type FieldErrors = readonly FieldError[]

/** The columns that `-o wide` shows of a template. */
export const TEMPLATE_COLUMNS: readonly Column[] = [wideColumn('Containers'), wideColumn('Images')]

/** The names of the containers, and their images, joined by commas. */
export function templateCells(template: PodTemplateSpec | undefined): readonly [string, string] {
  const containers = template?.spec?.containers ?? []
  return [containers.map(({ name }) => name).join(','), containers.map(({ image }) => image ?? '').join(',')]
}

/** Source: pkg/apis/core/validation/validation.go:ValidatePodTemplateSpec. */
export function templateMistakes(path: FieldPath, template: PodTemplateSpec | undefined): FieldErrors {
  return [
    ...labelErrors(template?.metadata?.labels, `${path}.labels`),
    ...annotationErrors(template?.metadata?.annotations, `${path}.annotations`),
    ...podSpecMistakes(`${path}.spec`, template?.spec ?? { containers: [] }),
  ]
}

/** The warnings about a template. */
export function templateWarnings(path: FieldPath, template: PodTemplateSpec | undefined): readonly string[] {
  return template?.spec ? podSpecWarnings(`${path}.spec`, template.spec) : []
}

/** A workload's selector must be there, not be empty, and select what the template makes. */
export function workloadMistakes(
  kindName: string,
  selector: Json<V1LabelSelector> | undefined,
  template: PodTemplateSpec | undefined,
): FieldErrors {
  return [
    ...requiredSelectorMistakes(kindName, selector),
    ...labelsMistakes(selector, template),
    ...templateMistakes('spec.template', template),
  ]
}

function requiredSelectorMistakes(
  kindName: string,
  selector: Json<V1LabelSelector> | undefined,
): FieldErrors {
  if (!selector) return [required('spec.selector')]
  const mistakes = selectorMistakes('spec.selector', selector)
  const count = Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions?.length ?? 0)
  if (count > 0) return mistakes
  return [...mistakes, invalid('spec.selector', selector, `empty selector is invalid for ${kindName}`)]
}

/** Source: pkg/apis/apps/validation/validation.go:ValidatePodTemplateSpecForReplicaSet. An empty selector says nothing here. */
function labelsMistakes(
  selector: Json<V1LabelSelector> | undefined,
  template: PodTemplateSpec | undefined,
): FieldErrors {
  const labels = template?.metadata?.labels
  const requirements = structuredSelector(selector)
  if (requirements && (requirements.length === 0 || matchesLabels(requirements, labels))) return []
  return [invalid('spec.template.metadata.labels', labels, '`selector` does not match template `labels`')]
}
