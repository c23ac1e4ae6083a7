// Which objects of a kind a request is about: label and field selectors.

import type { FieldSelector } from '../../pod/field-selector.ts'
import { FieldSelectorError, matchesFields, parseFieldSelector } from '../../pod/field-selector.ts'
import type { LabelSelector } from '../../pod/label-selector.ts'
import { matchesLabels, parseLabelSelector } from '../../pod/label-selector.ts'
import { SelectorError } from '../../pod/label-selector-parser.ts'
import { badRequest } from '../store/api-error.ts'
import type { Kind } from '../store/kind.ts'
import type { KubeObject } from '../store/object.ts'
import type { Query } from './request.ts'

export interface Selection {
  /** Whether everything is selected. */
  readonly isEverything: boolean
  includes(object: KubeObject): boolean
}

/** The selection of `labelSelector`, `fieldSelector` and a name in the path; a 400 for what cannot be read or selected by. */
export function selectionOf(kind: Kind, query: Query, name?: string): Selection {
  const labels = parsedLabels(query.text('labelSelector') ?? '')
  const fields = namedFields(parsedFields(kind, query.text('fieldSelector') ?? ''), name)
  return {
    isEverything: labels.length === 0 && fields.length === 0,
    includes: (object) =>
      matchesLabels(labels, object.metadata.labels) &&
      matchesFields(fields, (field) => fieldOf(kind, object, field)),
  }
}

function parsedLabels(text: string): LabelSelector {
  try {
    return parseLabelSelector(text)
  } catch (error) {
    if (error instanceof SelectorError) throw badRequest(error.message)
    throw error
  }
}

function parsedFields(kind: Kind, text: string): FieldSelector {
  try {
    const selector = parseFieldSelector(text)
    for (const { field } of selector)
      if (!isSelectable(kind, field)) throw badRequest(unknownFieldText(kind, field))
    return selector
  } catch (error) {
    if (error instanceof FieldSelectorError) throw badRequest(error.message)
    throw error
  }
}

function namedFields(selector: FieldSelector, name: string | undefined): FieldSelector {
  return name === undefined ? selector : [...selector, { field: 'metadata.name', operator: '=', value: name }]
}

function isSelectable(kind: Kind, field: string): boolean {
  if (kind.selectableFields?.includes(field)) return true
  if (field === 'metadata.name') return true
  // A kind that converts its own field labels says all of them (pkg/apis/core/v1/conversion.go).
  return field === 'metadata.namespace' && (kind.namespaced || !kind.unknownField)
}

function unknownFieldText(kind: Kind, field: string): string {
  return (
    kind.unknownField?.(field) ??
    `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`
  )
}

function fieldOf(kind: Kind, object: KubeObject, field: string): string {
  if (field === 'metadata.name') return object.metadata.name ?? ''
  if (field === 'metadata.namespace') return object.metadata.namespace ?? ''
  return kind.fieldValue?.(object, field) ?? ''
}
