// Patterns that name files.

import { expect } from 'chai'
import { globExpression, matchingFiles } from '../../../src/mocha/glob.ts'

describe('a glob', () => {
  const cases = [
    ['specs/**/*.spec.ts', 'specs/a.spec.ts', true],
    ['specs/**/*.spec.ts', 'specs/deep/er/a.spec.ts', true],
    ['specs/**/*.spec.ts', 'other/a.spec.ts', false],
    ['specs/*.spec.ts', 'specs/deep/a.spec.ts', false],
    ['specs/*.spec.{ts,js}', 'specs/a.spec.js', true],
    ['specs/?.ts', 'specs/ab.ts', false],
    ['a+b.ts', 'a+b.ts', true],
    ['a.ts', 'axts', false],
  ] as const
  for (const [glob, path, isMatch] of cases) {
    it(`${glob} ${isMatch ? 'names' : 'does not name'} ${path}`, () => {
      expect(globExpression(glob).test(path)).to.equal(isMatch)
    })
  }

  it('names the specs of a folder, sorted', () => {
    const files = matchingFiles('./specs/units/mocha/', process.cwd())
    expect(files).to.include('specs/units/mocha/glob.spec.ts')
    expect(files).to.deep.equal(files.toSorted())
  })

  it('names nothing where nothing is', () => {
    expect(matchingFiles('nowhere/**/*.ts', process.cwd())).to.deep.equal([])
  })
})
