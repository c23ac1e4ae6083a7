// The lifecycle specs, from the moment at which everything is imported: those about the page's two Pods, then all others.

import Mocha from 'mocha'
import { matchingFiles } from '../../src/mocha/glob.ts'
import { loadSpecs } from '../../src/mocha/load-specs.ts'
import { mochaHooks } from '../../src/mocha/root-hooks.ts'
import { settingsOf, useSettings } from '../../src/mocha/settings.ts'
import { inSeconds, measured } from './measure.ts'
import type { Figure, Measure } from './measure.ts'

/** What the page says about its two Pods, and what was added to it beside them. */
const OF_THE_PAGE = /\/(hooks|init-containers)\.spec\.ts$/

/** A reporter that says nothing, so that only the claims are measured. mocha constructs it. */
const silence = function () {} as unknown as Mocha.ReporterConstructor

export const lifecycles: Measure = {
  name: 'lifecycles',
  async run() {
    const files = matchingFiles('specs/lifecycle/**/*.spec.ts', process.cwd())
    useSettings({ ...settingsOf({}), specs: files })
    const ofThePage = files.filter((file) => OF_THE_PAGE.test(file))
    const others = files.filter((file) => !OF_THE_PAGE.test(file))
    return [
      await measure("specs about the page's two Pods", ofThePage),
      await measure('the other lifecycle specs', others),
    ]
  },
}

async function measure(label: string, files: readonly string[]): Promise<Figure> {
  const mocha = new Mocha({ rootHooks: mochaHooks, timeout: 60_000 }).reporter(silence)
  await loadSpecs(mocha, files)
  let outcome = ''
  const took = await measured(
    () =>
      new Promise<void>((resolve) => {
        const runner = mocha.run((failures) => {
          outcome = `${runner.stats?.tests ?? 0} tests${failures === 0 ? '' : `, ${failures} failed`}`
          resolve()
        })
      }),
  )
  return { label: `${label}, after import (${outcome})`, value: inSeconds(took) }
}
