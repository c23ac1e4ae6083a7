// The specs of specs/lifecycle, from the moment at which everything is imported.

import Mocha from 'mocha'
import { matchingFiles } from '../../src/mocha/glob.ts'
import { loadSpecs } from '../../src/mocha/load-specs.ts'
import { mochaHooks } from '../../src/mocha/root-hooks.ts'
import { settingsOf, useSettings } from '../../src/mocha/settings.ts'
import { inSeconds, measured } from './measure.ts'
import type { Measure } from './measure.ts'

/** A reporter that says nothing, so that only the claims are measured. mocha constructs it. */
const silence = function () {} as unknown as Mocha.ReporterConstructor

export const lifecycles: Measure = {
  name: 'lifecycles',
  async run() {
    const files = matchingFiles('specs/lifecycle/**/*.spec.ts', process.cwd())
    useSettings({ ...settingsOf({}), specs: files })
    const mocha = new Mocha({ rootHooks: mochaHooks, timeout: 60_000 }).reporter(silence)
    await loadSpecs(mocha, files)
    let failures = 0
    let tests = 0
    const took = await measured(
      () =>
        new Promise<void>((resolve) => {
          const runner = mocha.run((failed) => {
            failures = failed
            tests = runner.stats?.tests ?? 0
            resolve()
          })
        }),
    )
    const outcome = failures === 0 ? '' : `, ${failures} failed`
    return [{ label: `the lifecycle specs after import (${tests} tests${outcome})`, value: inSeconds(took) }]
  },
}
