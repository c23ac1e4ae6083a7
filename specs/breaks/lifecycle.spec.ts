// Every claim of the lifecycles can fail: each wrong rule of a cluster is noticed, and named, by at least one of them.

import { readdirSync } from 'node:fs'
import { expect } from 'chai'
import type { Rules } from '../../src/simulator/simulator.ts'
import { breaks } from '../support/breaks.ts'
import { captureSpecs } from '../support/captured-specs.ts'
import type { CapturedTest } from '../support/captured-specs.ts'
import { onSimulator } from '../support/simulated.ts'

const LIFECYCLE = 'specs/lifecycle'

/** The messages of the claims that fail on a simulator with such rules, up to the first that `isEnough`. */
async function failures(
  tests: readonly CapturedTest[],
  rules: Rules,
  isEnough: (message: string) => boolean = () => false,
): Promise<readonly string[]> {
  const messages: string[] = []
  for (const test of tests) {
    try {
      await onSimulator(test.title, () => test.run(), { rules })
    } catch (error) {
      messages.push((error as Error).message)
      if (isEnough(messages.at(-1) ?? '')) return messages
    }
  }
  return messages
}

describe('the claims of the lifecycles', () => {
  const tests: CapturedTest[] = []

  before(async () => {
    for (const file of readdirSync(LIFECYCLE).filter((name) => name.endsWith('.spec.ts')))
      tests.push(...(await captureSpecs(`${LIFECYCLE}/${file}`)))
  })

  it('hold on a cluster whose rules are right', async () => {
    expect(tests.length).to.be.at.least(20)
    expect(await failures(tests, {})).to.deep.equal([])
  })

  for (const { name, rules, says } of breaks) {
    it(`notice that ${name}`, async () => {
      const names = (message: string) => says.test(message)
      const messages = await failures(tests, rules, names)
      expect(messages.some(names), messages.join('\n')).to.equal(true)
    })
  }
})
