// Digests of images of which nothing is modelled but what is in them.

import { createHash } from 'node:crypto'

/** A digest that is the same in every run and differs from name to name; no registry knows it. */
export function derivedDigest(name: string): string {
  return `sha256:${createHash('sha256').update(name).digest('hex')}`
}
