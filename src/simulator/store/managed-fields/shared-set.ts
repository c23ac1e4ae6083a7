// One object for all field sets that say the same: of thousands of Pods and Events, most are owned alike.

import type { FieldSet } from './field-set.ts'

/** When so many different sets have been met, those that are not met again are forgotten. */
const MOST_SETS = 1_000

let recent = new Map<string, FieldSet>()
let earlier = new Map<string, FieldSet>()

/** The set itself, or one with the same fields in the same order that was met before. */
export function sharedSet(set: FieldSet): FieldSet {
  const text = JSON.stringify(set)
  const known = recent.get(text)
  if (known) return known
  const shared = earlier.get(text) ?? set
  if (recent.size === MOST_SETS) [earlier, recent] = [recent, new Map()]
  recent.set(text, shared)
  return shared
}
