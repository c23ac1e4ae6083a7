// The list of kinds: sorted, and each of them served once.

import { expect } from 'chai'
import { kinds } from '../../../src/simulator/kinds/kinds.ts'

describe('the list of kinds', () => {
  it('is sorted by name', () => {
    const names = kinds.map(({ kind }) => kind)
    expect(names).to.deep.equal(names.toSorted())
  })

  it('has each resource once', () => {
    const resources = kinds.map(({ group, plural }) => `${plural}.${group}`)
    expect(new Set(resources).size).to.equal(resources.length)
  })

  it('gives cells to every kind that has columns, and to no other', () => {
    const unfinished = kinds.filter((kind) => 'columns' in kind !== 'cells' in kind).map(({ kind }) => kind)
    expect(unfinished).to.deep.equal([])
  })
})
