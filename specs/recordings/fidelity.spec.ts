// docs/fidelity.md says what the simulator is known to do differently; the list of the specs is its source.

import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { KNOWN_DIFFERENCES } from './known-differences.ts'

const page = readFileSync('docs/fidelity.md', 'utf8')

describe('docs/fidelity.md', () => {
  it('lists every known difference with its mechanism, and no other', () => {
    const rows = [...page.matchAll(/^\| `([a-z0-9-]+)` *\| ([a-z, ]+?) *\| (.+?) *\|$/gm)]
    const listed = rows.map(([, name, parts, mechanism]) => ({ name, parts, mechanism }))
    const known = Object.entries(KNOWN_DIFFERENCES).map(([name, { parts, mechanism }]) => ({
      name,
      parts: parts.join(', '),
      mechanism,
    }))
    expect(listed).to.deep.equal(known)
  })
})
