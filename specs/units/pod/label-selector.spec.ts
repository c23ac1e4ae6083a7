// Label selectors are read, matched and refused as by the API server.

import { expect } from 'chai'
import {
  formatLabelSelector,
  matchesLabels,
  parseLabelSelector,
  structuredSelector,
} from '../../../src/pod/label-selector.ts'

describe('label selectors', () => {
  const labels = { app: 'web', tier: '2', 'example.com/a': 'b' }
  const selecting: readonly (readonly [string, boolean])[] = [
    ['', true],
    ['app=web', true],
    ['app==web,tier!=1', true],
    ['app = web ', true],
    ['app!=web', false],
    ['app in (web,api)', true],
    ['app notin (web)', false],
    ['nope notin (web)', true],
    ['app', true],
    ['!app', false],
    ['!nope', true],
    ['tier>1', true],
    ['tier<2', false],
    ['app>1', false],
    ['example.com/a=b', true],
    ['app=', false],
    ['nope in (,)', false],
  ]
  for (const [text, isSelected] of selecting) {
    it(`'${text}' ${isSelected ? 'selects' : 'leaves out'} app=web,tier=2`, () => {
      expect(matchesLabels(parseLabelSelector(text), labels)).to.equal(isSelected)
    })
  }

  it('are written with sorted keys and values', () => {
    expect(formatLabelSelector(parseLabelSelector('z!=1,b in (y,x),!a,c'))).to.equal('!a,b in (x,y),c,z!=1')
  })

  it('without a structured form select nothing, with an empty one everything', () => {
    expect(structuredSelector(undefined)).to.equal(undefined)
    expect(matchesLabels(structuredSelector({}) ?? [], labels)).to.equal(true)
  })

  it('join matchLabels and matchExpressions by AND', () => {
    const selector = structuredSelector({
      matchLabels: { app: 'web' },
      matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['2'] }],
    })
    expect(matchesLabels(selector ?? [], labels)).to.equal(false)
    expect(formatLabelSelector(selector ?? [])).to.equal('app=web,tier notin (2)')
  })
})
