// "Did you mean": the name that was probably meant by a mistyped one.

/** The candidate closest to `name`, if it is close enough to be meant; undefined otherwise. */
export function closest(name: string, candidates: Iterable<string>): string | undefined {
  let best: { readonly candidate: string; readonly edits: number } | undefined
  for (const candidate of candidates) {
    const edits = editDistance(name, candidate)
    // A third of the letters may differ: `myap-pod` means `myapp-pod`, `web` does not mean `db`.
    if (edits > Math.max(1, Math.floor(Math.max(name.length, candidate.length) / 3))) continue
    if (best === undefined || edits < best.edits) best = { candidate, edits }
  }
  return best?.candidate
}

/** How many letters must be added, left out or replaced (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of a.split('').entries()) {
    const above = row
    row = [i + 1]
    for (const [j, other] of b.split('').entries()) {
      const replaced = (above[j] ?? 0) + (letter === other ? 0 : 1)
      row.push(Math.min(replaced, (above[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1))
    }
  }
  return row[b.length] ?? a.length
}
