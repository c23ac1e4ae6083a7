// kubectl's dialect of JSONPath: `{.status.phase}`, `{range .items[*]}{.metadata.name}{"\n"}{end}`.

import type { Comparison, Part, Step } from './json-path-parser.ts'
import { JsonPathError, parseTemplate } from './json-path-parser.ts'

/** A template that has been read. */
export type JsonPath = readonly Part[]

/** Reads a template. Throws JsonPathError. Source: client-go util/jsonpath/parser.go. */
export function parseJsonPath(template: string): JsonPath {
  return parseTemplate(template)
}

/** Reads what `kubectl get -o custom-columns` and `kubectl wait` take: `.a.b`, `a.b`, `{.a.b}` and `{a.b}` alike. */
export function parseRelaxedJsonPath(text: string): JsonPath {
  const inner = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(text)
  if (!inner) {
    const forms = "'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'"
    throw new JsonPathError(`unexpected path string, expected a ${forms}`)
  }
  return parseTemplate(`{.${inner[1] ?? inner[2]}}`)
}

/** What the template prints about an object; a key that is missing prints nothing, as with `-o jsonpath`. */
export function formatJsonPath(path: JsonPath, object: unknown): string {
  return path.map((part) => formatPart(part, object, object)).join('')
}

/** The values that the expressions of a template find in an object, in order. */
export function findJsonPath(path: JsonPath, object: unknown): readonly unknown[] {
  return path.flatMap((part) => {
    if (part.kind === 'text') return []
    if (part.kind === 'path') return find(part.steps, [object], object)
    return find(part.steps, [object], object).flatMap((item) => findJsonPath(part.body, item))
  })
}

function formatPart(part: Part, current: unknown, root: unknown): string {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'path':
      return find(part.steps, [current], root).map(formatValue).join(' ')
    default:
      return find(part.steps, [current], root)
        .map((item) => part.body.map((inner) => formatPart(inner, item, root)).join(''))
        .join('')
  }
}

/** Text as it is, everything else as JSON. */
function formatValue(value: unknown): string {
  if (typeof value === 'string') return value
  return value === undefined || value === null ? '' : JSON.stringify(value)
}

function find(steps: readonly Step[], values: readonly unknown[], root: unknown): readonly unknown[] {
  return steps.reduce<readonly unknown[]>(
    (found, step) => found.flatMap((value) => take(step, value, root)),
    values,
  )
}

function take(step: Step, value: unknown, root: unknown): readonly unknown[] {
  switch (step.kind) {
    case 'current':
      return [value]
    case 'field':
      return fieldOf(value, step.name)
    case 'filter':
      return elementsOf(value, step.text).filter((item) => isSelected(step.comparison, item, root))
    case 'literal':
      return [step.value]
    case 'recursive':
      return containersIn(value)
    case 'root':
      return [root]
    case 'slice':
      return slice(elementsOf(value, step.text), step)
    case 'union':
      return step.paths.flatMap((path) => find(path, [value], root))
    default:
      return childrenOf(value)
  }
}

function fieldOf(value: unknown, name: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const field: unknown = Object.getOwnPropertyDescriptor(value, name)?.value
  return field === undefined || field === null ? [] : [field]
}

function childrenOf(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : []
}

/** The value and everything below it that has something below it. */
function containersIn(value: unknown): readonly unknown[] {
  const children = childrenOf(value)
  return children.length === 0 ? [] : [value, ...children.flatMap(containersIn)]
}

function elementsOf(value: unknown, text: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new JsonPathError(`${formatValue(value)} is not array or slice: ${text}`)
}

function slice(
  list: readonly unknown[],
  { from, to, by, isIndex }: Extract<Step, { kind: 'slice' }>,
): readonly unknown[] {
  const place = (index: number) => (index < 0 ? index + list.length : index)
  const first = place(from ?? 0)
  if (isIndex) {
    if (first < 0 || first >= list.length)
      throw new JsonPathError(`array index out of bounds: index ${from}, length ${list.length}`)
    return [list[first]]
  }
  const last = Math.min(place(to ?? list.length), list.length)
  return list.slice(first, last).filter((_, index) => index % (by ?? 1) === 0)
}

function isSelected({ left, operator, right }: Comparison, item: unknown, root: unknown): boolean {
  const lefts = find(left, [item], root)
  if (operator === 'exists') return lefts.length > 0
  const rights = find(right, [item], root)
  if (lefts.length > 1 || rights.length > 1) throw new JsonPathError('can only compare one element at a time')
  if (lefts.length === 0 || rights.length === 0) return false
  return compares(lefts[0], operator, rights[0])
}

function compares(a: unknown, operator: Exclude<Comparison['operator'], 'exists'>, b: unknown): boolean {
  switch (operator) {
    case '==':
      return a === b
    case '!=':
      return a !== b
    default:
      return isOrdered(order(a, b), operator)
  }
}

function isOrdered(difference: number, operator: '<' | '<=' | '>' | '>='): boolean {
  if (operator === '<') return difference < 0
  if (operator === '<=') return difference <= 0
  return operator === '>' ? difference > 0 : difference >= 0
}

function order(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : Number(a > b)
  throw new JsonPathError('incompatible types for comparison')
}
