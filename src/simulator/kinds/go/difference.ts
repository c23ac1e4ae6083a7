// The difference between two structures, as the API server shows it in a refusal.

import { createTwoFilesPatch } from 'diff'

/** A unified difference of the indented JSON. Source: apimachinery pkg/util/diff/diff.go:Diff. */
export function goDifference(before: unknown, after: unknown): string {
  const text = (value: unknown) => `${JSON.stringify(sorted(value), null, 1)}\n`
  const patch = createTwoFilesPatch('', '', text(before), text(after), '', '', { context: 3 })
  return patch.slice(patch.indexOf('@@'))
}

/** Go sorts the keys of maps, and leaves the fields of structures, which begin with a capital, in their order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const)
  const isStructure = entries.every(([key]) => /^[A-Z]/.test(key))
  return Object.fromEntries(isStructure ? entries : entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
