// Label selectors: `app=web,tier in (a,b),!canary`, and the structured form that objects carry.

import { parseRequirements } from './label-selector-parser.ts'

export type Labels = Readonly<Record<string, string>>

/** How a requirement compares. */
export type Operator = '!' | '!=' | '<' | '=' | '==' | '>' | 'exists' | 'in' | 'notin'

/** One of the conditions that a selector joins by AND. */
export interface Requirement {
  readonly key: string
  readonly operator: Operator
  readonly values: readonly string[]
}

/** A selector; one without requirements matches everything. */
export type LabelSelector = readonly Requirement[]

/** The selector that objects carry (metav1.LabelSelector). */
export interface StructuredSelector {
  readonly matchLabels?: Labels | undefined
  readonly matchExpressions?:
    | readonly {
        readonly key: string
        readonly operator: string
        readonly values?: readonly string[] | undefined
      }[]
    | undefined
}

/** Reads the text form. Throws SelectorError with the API server's text. Source: apimachinery pkg/labels/selector.go. */
export function parseLabelSelector(text: string): LabelSelector {
  return parseRequirements(text)
}

/** Whether an object with these labels is selected. Source: the same file:Requirement.Matches. */
export function matchesLabels(selector: LabelSelector, labels: Labels | undefined): boolean {
  return selector.every((requirement) => meets(requirement, labels?.[requirement.key]))
}

/** Writes a selector as Kubernetes prints it: `app=web,tier in (a,b)`, keys in order. */
export function formatLabelSelector(selector: LabelSelector): string {
  return selector
    .toSorted((a, b) => compareText(a.key, b.key))
    .map(formatRequirement)
    .join(',')
}

/**
 * The requirements of a structured selector. Without a selector nothing matches (undefined); an empty one matches
 * everything. Source: apimachinery pkg/apis/meta/v1/helpers.go:LabelSelectorAsSelector.
 */
export function structuredSelector(selector: StructuredSelector | undefined): LabelSelector | undefined {
  if (!selector) return undefined
  const labels = Object.entries(selector.matchLabels ?? {}).toSorted(([a], [b]) => compareText(a, b))
  return [
    ...labels.map(([key, value]): Requirement => ({ key, operator: '=', values: [value] })),
    ...(selector.matchExpressions ?? []).map(({ key, operator, values = [] }): Requirement => ({
      key,
      operator: STRUCTURED_OPERATORS[operator] ?? 'in',
      values: values.toSorted(compareText),
    })),
  ]
}

/** The selector that asks for exactly these labels. */
export function selectorOfLabels(labels: Labels): LabelSelector {
  return structuredSelector({ matchLabels: labels }) ?? []
}

const STRUCTURED_OPERATORS: Readonly<Record<string, Operator>> = {
  DoesNotExist: '!',
  Exists: 'exists',
  In: 'in',
  NotIn: 'notin',
}

function meets({ operator, values }: Requirement, value: string | undefined): boolean {
  switch (operator) {
    case '=':
    case '==':
    case 'in':
      return value !== undefined && values.includes(value)
    case '!=':
    case 'notin':
      return value === undefined || !values.includes(value)
    case 'exists':
      return value !== undefined
    case '!':
      return value === undefined
    default:
      return value !== undefined && isOrdered(operator, value, values[0] ?? '')
  }
}

function isOrdered(operator: '<' | '>', value: string, bound: string): boolean {
  if (!/^[+-]?\d+$/.test(value)) return false
  return operator === '>' ? BigInt(value) > BigInt(bound) : BigInt(value) < BigInt(bound)
}

function formatRequirement({ key, operator, values }: Requirement): string {
  if (operator === 'exists') return key
  if (operator === '!') return `!${key}`
  if (operator === 'in' || operator === 'notin') return `${key} ${operator} (${values.join(',')})`
  return `${key}${operator}${values[0] ?? ''}`
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
