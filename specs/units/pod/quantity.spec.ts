// Quantities are read, compared and written as Go's resource.Quantity.

import { expect } from 'chai'
import {
  addQuantities,
  compareQuantities,
  milliUnits,
  wholeUnits,
} from '../../../src/pod/quantity-arithmetic.ts'
import { canonicalQuantity, formatQuantity, parseQuantity } from '../../../src/pod/quantity.ts'

describe('quantities', () => {
  const spellings: readonly (readonly [string | number, string])[] = [
    ['0.5', '500m'],
    ['1.5', '1500m'],
    ['1000m', '1'],
    ['1024Mi', '1Gi'],
    ['1000Mi', '1000Mi'],
    ['1.5Gi', '1536Mi'],
    ['100Ki', '100Ki'],
    ['512', '512'],
    ['0', '0'],
    ['0Mi', '0'],
    ['1e3', '1e3'],
    ['1E3', '1e3'],
    ['1e9', '1e9'],
    ['12e4', '120e3'],
    ['1000k', '1M'],
    ['123456789', '123456789'],
    ['-1', '-1'],
    ['+2', '2'],
    ['.5', '500m'],
    ['5.', '5'],
    ['0.1n', '1n'],
    ['1Ei', '1Ei'],
    ['100E', '100E'],
    ['1e30', '1e30'],
    ['0.5Ki', '512'],
    ['0.1Mi', '104857600m'],
    [2, '2'],
  ]
  for (const [typed, canonical] of spellings) {
    it(`write ${typed} as ${canonical}`, () => expect(canonicalQuantity(typed)).to.equal(canonical))
  }

  for (const text of ['', 'a', '1 Gi', '1.2.3', '1GiB']) {
    it(`refuse ${JSON.stringify(text)}`, () => {
      expect(() => parseQuantity(text)).to.throw('quantities must match the regular expression')
    })
  }

  it('refuse a suffix that does not exist', () => {
    expect(() => parseQuantity('1KG')).to.throw("unable to parse quantity's suffix")
  })

  it('compare across formats', () => {
    expect(compareQuantities(parseQuantity('1Ki'), parseQuantity('1024'))).to.equal(0)
    expect(compareQuantities(parseQuantity('1k'), parseQuantity('1Ki'))).to.be.below(0)
  })

  it('add up in the format of the first', () => {
    expect(formatQuantity(addQuantities(parseQuantity('64Mi'), parseQuantity('64Mi')))).to.equal('128Mi')
    expect(formatQuantity(addQuantities(parseQuantity('0'), parseQuantity('1Gi')))).to.equal('1Gi')
  })

  it('are measured rounded up', () => {
    expect(milliUnits(parseQuantity('100u'))).to.equal(1)
    expect(wholeUnits(parseQuantity('1.1Ki'))).to.equal(1127)
  })
})
