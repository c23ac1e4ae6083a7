// The order of a merged list: what the patch names in its order, what it does not name where it was.

import { isObject } from './merge-patch.ts'

/**
 * Merges two orders: items of `wished` keep its order, the others of `items` keep that of `old`, and where both could
 * come, whichever was first in `old` does (strategicpatch/patch.go:normalizeElementOrder, mergeSortedSlice).
 */
export function orderedItems(
  items: readonly unknown[],
  old: readonly unknown[],
  wished: readonly unknown[],
  mergeKey: string | undefined,
): readonly unknown[] {
  const keyOf = (item: unknown) => (mergeKey && isObject(item) ? item[mergeKey] : item)
  const place = (list: readonly unknown[], item: unknown) =>
    list.findIndex((other) => keyOf(other) === keyOf(item))
  const isWished = (item: unknown) => place(wished, item) >= 0
  const patched = items.filter(isWished).sort((a, b) => place(wished, a) - place(wished, b))
  const others = items.filter((item) => !isWished(item)).sort((a, b) => place(old, a) - place(old, b))
  return woven(patched, others, (item) => place(old, item))
}

/** An item that is new (place -1) comes before the others. */
function woven(
  patched: readonly unknown[],
  others: readonly unknown[],
  placeOf: (item: unknown) => number,
): readonly unknown[] {
  const result: unknown[] = []
  let next = 0
  for (const item of patched) {
    while (next < others.length && placeOf(others[next]) < placeOf(item)) result.push(others[next++])
    result.push(item)
  }
  return [...result, ...others.slice(next)]
}
