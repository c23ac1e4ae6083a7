// $(NAME) in commands, arguments and values.

import { expect } from 'chai'
import { expand } from '../../../src/simulator/kubelet/config/expand.ts'

describe('a reference to a variable', () => {
  const values: Readonly<Record<string, string>> = { A: 'a', EMPTY: '' }
  const cases: [string, string][] = [
    ['$(A)', 'a'],
    ['x$(A)y$(A)', 'xaya'],
    ['$(EMPTY)', ''],
    ['$(UNDEFINED)', '$(UNDEFINED)'],
    ['$$(A)', '$(A)'],
    ['$$$(A)', '$a'],
    ['$A ${A} $', '$A ${A} $'],
    ['$$', '$'],
    ['$(A', '$(A'],
    ['$(cat /file)', '$(cat /file)'],
  ]
  for (const [text, expected] of cases) {
    it(`turns ${text} into ${expected}`, () =>
      expect(expand(text, (name) => values[name])).to.equal(expected))
  }
})
