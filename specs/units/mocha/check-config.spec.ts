// Mistakes in podproof.config.ts are told with their file, their field and what was probably meant.

import { expect } from 'chai'
import { checkConfig } from '../../../src/mocha/check-config.ts'
import { defineConfig } from '../../../src/mocha/config.ts'
import { settingsOf } from '../../../src/mocha/settings.ts'

describe('a configuration', () => {
  const mistakes: readonly (readonly [unknown, string])[] = [
    ['simulator', 'c.ts: expected an object, got "simulator"'],
    [{ clutser: 'simulator' }, 'c.ts: clutser: there is no such field; did you mean cluster?'],
    [{ cluster: 'sim' }, 'c.ts: cluster: "sim" is not known; did you mean simulator?'],
    [{ specs: 'specs/*.ts' }, 'c.ts: specs: expected a list, got "specs/*.ts"'],
    [{ specs: ['a.ts', 3] }, 'c.ts: specs[1]: expected a text, got 3'],
    [{ timeouts: { claims: '1m' } }, 'c.ts: timeouts.claims: there is no such field; did you mean claim?'],
    [
      { timeouts: { claim: '90' } },
      "c.ts: timeouts.claim: expected a duration such as '30s' or '1m30s', got \"90\"",
    ],
    [
      { reports: { formats: ['pdf'] } },
      'c.ts: reports.formats[0]: "pdf" is not known; there is html, json, junit, markdown',
    ],
    [
      { reports: { formats: ['mark'] } },
      'c.ts: reports.formats[0]: "mark" is not known; did you mean markdown?',
    ],
    [{ images: { 'example.com/app:1': 1 } }, "c.ts: images['example.com/app:1']: expected a text, got 1"],
  ]
  for (const [config, message] of mistakes) {
    it(message, () => {
      expect(() => checkConfig(config, 'c.ts')).to.throw(message)
    })
  }

  it('needs nothing: every field has a default', () => {
    expect(settingsOf(checkConfig(defineConfig({}), 'c.ts'))).to.deep.equal({
      cluster: 'simulator',
      seed: '1',
      specs: ['specs/**/*.spec.{ts,js}'],
      claimTimeoutMs: 60_000,
      reportsFolder: 'reports',
      reportFormats: ['html', 'json', 'markdown'],
      images: {},
    })
  })

  it('is taken as it is', () => {
    const config = defineConfig({
      seed: 7,
      timeouts: { claim: '2m', test: '1m' },
      reports: { folder: 'out' },
    })
    expect(settingsOf(checkConfig(config, 'c.ts'))).to.include({
      seed: '7',
      claimTimeoutMs: 120_000,
      testTimeoutMs: 60_000,
      reportsFolder: 'out',
    })
  })
})
