// One object for all field sets that say the same: of thousands of Pods and Events, most are owned alike.

import type { FieldSet } from './field-set.ts'

/** So many different sets are remembered; beyond that, the one that was not met for longest is forgotten. */
const MOST_SETS = 1_000

const known = new Map<string, FieldSet>()

/** The set itself, or one with the same fields in the same order that was met before. */
export function sharedSet(set: FieldSet): FieldSet {
  const text = JSON.stringify(set)
  const shared = known.get(text) ?? set
  known.delete(text)
  known.set(text, shared)
  for (const oldest of known.keys()) {
    if (known.size <= MOST_SETS) break
    known.delete(oldest)
  }
  return shared
}
