// Short names for templates: the same for the same template, as labels and names of its generations carry them.

import type { PodTemplateSpec } from '../../pod/json.ts'
import { goPrint } from './go-print.ts'

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789'
const OFFSET = 0x811c9dc5
const PRIME = 0x01000193

/**
 * The name of a Deployment's or a DaemonSet's template, as Kubernetes computes it: FNV-1a over Go's print of it, then
 * the number of collisions. Source: pkg/controller/controller_utils.go:ComputeHash; golden/api/controllers-deployment.
 */
export function templateHash(template: PodTemplateSpec, collisionCount?: number): string {
  let hash = OFFSET
  for (const byte of new TextEncoder().encode(goPrint(template))) hash = Math.imul(hash ^ byte, PRIME)
  if (collisionCount === undefined) return safe(hash)
  // Four bytes of the number, the low ones first, in a buffer of eight.
  for (let i = 0; i < 8; i++)
    hash = Math.imul(hash ^ (i < 4 ? (collisionCount >>> (8 * i)) & 0xff : 0), PRIME)
  return safe(hash)
}

/**
 * The name of a StatefulSet's revision, as Kubernetes computes it: FNV-1 over its data as JSON, then the number of
 * collisions. Source: pkg/controller/history/controller_history.go:HashControllerRevision; golden/api/controllers-stateful.
 */
export function revisionHash(data: unknown, collisionCount?: number): string {
  let hash = OFFSET
  const text = `${goJson(data)}${collisionCount ?? ''}`
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash, PRIME) ^ byte
  return safe(hash)
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
