// Where claims begin to look.

import { expect } from 'chai'
import { BEGINNING, changesFrom, laterCursor } from '../../../src/expect/cursor.ts'
import { Timeline } from '../../../src/history/timeline.ts'

/** A timeline whose changes stand at these places of their history, with these resourceVersions. */
const timeline = (...changes: readonly (readonly [order: number, resourceVersion: string])[]) => {
  const made = new Timeline('Pod', 'p')
  for (const [order, resourceVersion] of changes) {
    const object = { kind: 'Pod', metadata: { name: 'p', resourceVersion } }
    made.add({ entry: 'change', order, atMs: order, type: 'MODIFIED', object })
  }
  return made
}

const orders = (...args: Parameters<typeof changesFrom>) => changesFrom(...args).map(({ order }) => order)

describe('expect/cursor', () => {
  const life = timeline([0, '5'], [3, '8'], [7, '12'])

  it('begins with the first state', () => {
    expect(orders(life, BEGINNING)).to.deep.equal([0, 3, 7])
  })

  it('stands on a state, which is still shown', () => {
    expect(orders(life, { order: 3, atMs: 3 })).to.deep.equal([3, 7])
    expect(orders(life, { order: 6, atMs: 6 })).to.deep.equal([3, 7])
  })

  it('leaves out states that are older than the answer to an action', () => {
    expect(orders(life, { order: 0, atMs: 0, resourceVersion: 9n })).to.deep.equal([7])
  })

  it('never moves back', () => {
    const later = laterCursor(
      { order: 3, atMs: 9, resourceVersion: 12n },
      { order: 7, atMs: 7, resourceVersion: 8n },
    )
    expect(later).to.deep.equal({ order: 7, atMs: 9, resourceVersion: 12n })
  })
})
