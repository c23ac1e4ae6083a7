// The name that was probably meant: by a beginning that fits only one, or by letters that are nearly right.

import { closest } from '../cluster/closest.ts'

/** The candidate that a half-typed or mistyped name means; undefined if none does. */
export function meant(name: string, candidates: readonly string[]): string | undefined {
  const begun = candidates.filter((candidate) => name !== '' && candidate.startsWith(name))
  return begun.length === 1 ? begun[0] : closest(name, candidates)
}

/** The end of a message about an unknown name: `; did you mean simulator?`, or what there is. */
export function suggestion(name: string, candidates: readonly string[]): string {
  const candidate = meant(name, candidates)
  return candidate === undefined ? `; there is ${candidates.join(', ')}` : `; did you mean ${candidate}?`
}
