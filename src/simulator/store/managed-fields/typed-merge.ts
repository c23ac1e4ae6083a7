// One object laid over another, part by part, by the structure of their type: what server-side apply merges.

import { isObject } from '../patch/merge-patch.ts'
import type { Shape } from './elements.ts'
import { itemElement, itemShape, shapeOf } from './elements.ts'

/** What `over` says wins; what it does not mention stays. Lists of items keep the order of `over` (typed/merge.go). */
export function typedMerge(under: unknown, over: unknown, shape: Shape): unknown {
  if (over === undefined) return under
  if (shape.is === 'fields' && isObject(under) && isObject(over)) return mergeFields(under, over, shape)
  if (shape.is === 'items' && Array.isArray(under) && Array.isArray(over))
    return mergeItems(under, over, shape)
  if (shape.is === 'set' && Array.isArray(under) && Array.isArray(over)) {
    return woven(
      under as unknown[],
      over as unknown[],
      (value) => JSON.stringify(value),
      (_, value) => value,
    )
  }
  return over
}

function mergeFields(
  under: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
  shape: Extract<Shape, { is: 'fields' }>,
): unknown {
  const result: Record<string, unknown> = { ...under }
  for (const [name, value] of Object.entries(over)) {
    const field = shape.child(name)
    result[name] = field ? typedMerge(under[name], value, shapeOf(field)) : value
  }
  return result
}

function mergeItems(
  under: readonly unknown[],
  over: readonly unknown[],
  { keys, items }: Extract<Shape, { is: 'items' }>,
): unknown {
  const shape = itemShape(items)
  const keyOf = (item: unknown) => itemElement(item, keys)
  return woven(under, over, keyOf, (below, above) => typedMerge(below, above, shape))
}

/**
 * The items of both, each once. Items of `over` keep its order; those only below come as early as they can
 * (structured-merge-diff/typed/merge.go:visitListItems).
 */
function woven(
  under: readonly unknown[],
  over: readonly unknown[],
  keyOf: (item: unknown) => string,
  merge: (below: unknown, above: unknown) => unknown,
): readonly unknown[] {
  const above = new Set(over.map(keyOf))
  const below = new Map(under.map((item) => [keyOf(item), item]))
  const result: unknown[] = []
  let next = 0
  for (const item of over) {
    for (; next < under.length && !above.has(keyOf(under[next])); next++) result.push(under[next])
    const key = keyOf(item)
    result.push(below.has(key) ? merge(below.get(key), item) : item)
    if (next < under.length && keyOf(under[next]) === key) next++
  }
  return [...result, ...under.slice(next).filter((item) => !above.has(keyOf(item)))]
}
