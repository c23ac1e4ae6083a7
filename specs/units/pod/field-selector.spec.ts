// Field selectors are read, matched and refused as by the API server.

import { expect } from 'chai'
import { formatFieldSelector, matchesFields, parseFieldSelector } from '../../../src/pod/field-selector.ts'

describe('field selectors', () => {
  it('join their terms by AND', () => {
    const selector = parseFieldSelector('status.phase=Running,spec.nodeName!=')
    const valueOf = (fields: Record<string, string>) => (field: string) => fields[field] ?? ''
    expect(matchesFields(selector, valueOf({ 'status.phase': 'Running', 'spec.nodeName': 'n' }))).to.equal(
      true,
    )
    expect(matchesFields(selector, valueOf({ 'status.phase': 'Running' }))).to.equal(false)
  })

  it('take == for = and keep escaped characters', () => {
    const selector = parseFieldSelector(String.raw`a==b\,c\=d`)
    expect(selector).to.deep.equal([{ field: 'a', operator: '=', value: 'b,c=d' }])
    expect(formatFieldSelector(selector)).to.equal(String.raw`a=b\,c\=d`)
  })

  it('without an operator are refused', () => {
    expect(() => parseFieldSelector('a=b,c')).to.throw("invalid selector: 'a=b,c'; can't understand 'c'")
  })
})
