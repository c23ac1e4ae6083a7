// "Did you mean".

import { expect } from 'chai'
import { closest } from '../../../src/cluster/closest.ts'

describe('cluster/closest', () => {
  const cases: readonly (readonly [string, readonly string[], string | undefined])[] = [
    ['myap-pod', ['myapp-pod', 'mydb'], 'myapp-pod'],
    ['init-mysevice', ['init-mydb', 'init-myservice'], 'init-myservice'],
    ['web', ['db'], undefined],
    ['web', [], undefined],
  ]
  for (const [name, candidates, meant] of cases) {
    it(`takes ${name} for ${meant ?? 'nothing'} among ${candidates.join(', ') || 'nothing'}`, () => {
      expect(closest(name, candidates)).to.equal(meant)
    })
  }
})
