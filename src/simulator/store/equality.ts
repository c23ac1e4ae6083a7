// Whether two JSON values are the same; shared parts are not looked into.

/** Undefined fields count as absent, and the order of keys does not matter. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) return areListsEqual(a, b)
  return areObjectsEqual(a as Record<string, unknown>, b as Record<string, unknown>)
}

/** Whether two objects are the same but for one field of theirs. */
export function isEqualBeside(field: string, a: object, b: object): boolean {
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>]
  for (const key in left) if (key !== field && !isEqual(left[key], right[key])) return false
  for (const key in right)
    if (key !== field && right[key] !== undefined && left[key] === undefined) return false
  return true
}

function areListsEqual(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (!isEqual(a[i], b[i])) return false
  return true
}

function areObjectsEqual(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  for (const key in a) if (!isEqual(a[key], b[key])) return false
  for (const key in b) if (b[key] !== undefined && a[key] === undefined) return false
  return true
}
