// A short name for a template: the same for the same template, as labels and names of its generations carry it.

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789'

/**
 * Up to ten letters that cannot form a word. The form is that of pkg/controller/controller_utils.go:ComputeHash; the
 * value differs, since Kubernetes hashes Go's print of the template.
 */
export function templateHash(template: unknown, collisionCount = 0): string {
  let hash = 0x811c9dc5
  const text = `${JSON.stringify(template)}${collisionCount || ''}`
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return [...String(hash >>> 0)].map((digit) => ALPHABET[digit.charCodeAt(0) % ALPHABET.length]).join('')
}
