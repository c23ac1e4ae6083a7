// The two lifecycles need nothing of the host's time and chance: they hold with all of it torn out.

import { expect } from 'chai'
import { type CapturedTest, captureSpecs } from '../support/captured-specs.ts'
import { onSimulator } from '../support/simulated.ts'

const FILES = ['specs/lifecycle/hooks.spec.ts', 'specs/lifecycle/init-containers.spec.ts']

/** What the host has of time and chance, as `object.name`. */
const DOORS: readonly [owner: Record<string, unknown>, name: string][] = [
  [Date as unknown as Record<string, unknown>, 'now'],
  [Math as unknown as Record<string, unknown>, 'random'],
  [globalThis, 'setImmediate'],
  [globalThis, 'setInterval'],
  [globalThis, 'setTimeout'],
]

describe('the lifecycles', function () {
  this.timeout(60_000)

  it("hold while the host's date, timers and randomness answer nobody but src/time", async () => {
    const tests: CapturedTest[] = []
    // One after the other: reading a spec replaces the words of the test runner.
    for (const file of FILES) tests.push(...(await captureSpecs(file)))
    expect(tests.length).to.be.at.least(10)
    const restore = tearOut()
    try {
      for (const test of tests) await onSimulator(test.title, () => test.run())
    } finally {
      restore()
    }
  })

  it('would be caught if one of them asked', () => {
    const restore = tearOut()
    try {
      expect(() => Date.now()).to.throw('Date.now was asked outside of src/time')
      expect(() => Math.random()).to.throw('Math.random was asked')
    } finally {
      restore()
    }
  })
})

/** Replaces every door by one that opens to callers in src/time alone. Answers how to put them back. */
function tearOut(): () => void {
  const originals = DOORS.map(([owner, name]) => ({
    owner,
    name,
    original: owner[name] as (...args: unknown[]) => unknown,
  }))
  for (const { owner, name, original } of originals) {
    const label =
      owner === (Date as unknown) ? `Date.${name}` : owner === (Math as unknown) ? `Math.${name}` : name
    owner[name] = (...args: unknown[]) => {
      const caller = (new Error().stack ?? '').split('\n')[2] ?? ''
      if (!/\/src\/time\/|node:internal/.test(caller))
        throw new Error(`${label} was asked outside of src/time:${caller}`)
      return original(...args)
    }
  }
  return () => {
    for (const { owner, name, original } of originals) owner[name] = original
  }
}
