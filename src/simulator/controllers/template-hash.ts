// Short names for templates: the same for the same template, as labels and names of its generations carry them.

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789'
const OFFSET = 0x811c9dc5
const PRIME = 0x01000193

/**
 * The name of a Deployment's or a DaemonSet's template. Its form is that of pkg/controller/controller_utils.go:ComputeHash;
 * its value is not, since Kubernetes hashes Go's own print of the template.
 */
export function templateHash(template: unknown, collisionCount?: number): string {
  let hash = OFFSET
  for (const byte of bytesOf(template, collisionCount)) hash = Math.imul(hash ^ byte, PRIME)
  return safe(hash)
}

/**
 * The name of a StatefulSet's revision, as Kubernetes computes it: FNV-1 over its data as JSON, then the number of
 * collisions. Source: pkg/controller/history/controller_history.go:HashControllerRevision; golden/api/controllers-stateful.
 */
export function revisionHash(data: unknown, collisionCount?: number): string {
  let hash = OFFSET
  for (const byte of bytesOf(data, collisionCount)) hash = Math.imul(hash, PRIME) ^ byte
  return safe(hash)
}

function bytesOf(value: unknown, collisionCount: number | undefined): Uint8Array {
  return new TextEncoder().encode(`${goJson(value)}${collisionCount ?? ''}`)
}

/** JSON as Go writes a map: keys in order, and nothing that could end a script element. */
function goJson(value: unknown): string {
  return JSON.stringify(sorted(value)).replaceAll(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]))
}

/** Letters that cannot form a word, for the digits of a number (apimachinery/pkg/util/rand:SafeEncodeString). */
function safe(hash: number): string {
  return Array.from(String(hash >>> 0), (digit) => ALPHABET[digit.charCodeAt(0) % ALPHABET.length]).join('')
}
