// The same specs on two clusters at once: where one of them is wrong the report names it, and two that are alike do not part.

import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { twinVerdict } from '../../src/scenario/twin.ts'
import type { TwinReport } from '../../src/scenario/twin.ts'
import { breaks } from '../support/breaks.ts'
import { runPodproof } from '../support/run-podproof.ts'
import { serveClusters } from '../support/served-clusters.ts'
import type { ServedClusters } from '../support/served-clusters.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** All of the suite in a full run; else what a Pod's end is about. */
const SPECS = process.env['PODPROOF_FULL'] === '1' ? 'specs/lifecycle' : 'specs/lifecycle/termination.spec.ts'

describe('twin runs', function () {
  this.timeout(900_000)
  const broken = breaks.find(({ name }) => name === 'preStop is skipped')
  const folder = temporaryFolder()
  let clusters: ServedClusters

  before(async () => {
    clusters = await serveClusters({ right: {}, wrong: { rules: broken?.rules ?? {} } })
  })
  after(() => clusters.close())

  const twins = (names: string) =>
    runPodproof(['test', SPECS, '--cluster', names, '--reports', folder()], {
      env: { KUBECONFIG: clusters.kubeconfig },
    })
  const reportOf = (names: string) =>
    JSON.parse(readFileSync(join(folder(), names, 'twin.json'), 'utf8')) as TwinReport
  const diverging = ({ tests }: TwinReport) => tests.filter((test) => twinVerdict(test) === 'diverges')

  it('of two clusters that are alike part nowhere', async () => {
    const ran = await twins('simulator,kubeconfig:right')
    expect(ran.stdout).to.match(/\n\d+ of \d+ tests agree/)
    expect(diverging(reportOf('simulator-and-kubeconfig-right'))).to.deep.equal([])
    expect(ran.code, ran.stdout + ran.stderr).to.equal(0)
  })

  it('of which one skips preStop name the claim, the interval and the log in which they part', async () => {
    const ran = await twins('simulator,kubeconfig:wrong')
    expect(ran.code).to.equal(1)
    const parted = diverging(reportOf('simulator-and-kubeconfig-wrong'))
    const handled = parted.find(({ title }) => title.at(-1)?.startsWith('sends TERM after the preStop hook'))
    expect([handled?.a, handled?.b]).to.deep.equal(['passed', 'failed'])
    expect(handled?.divergence?.logs[0]?.onlyA).to.deep.equal(['after the hook'])
    const text = readFileSync(join(folder(), 'simulator-and-kubeconfig-wrong', 'twin.md'), 'utf8')
    expect(text).to.match(/holds on simulator only: expectPod\('term-handled'\).*after the hook/)
    expect(text).to.match(/Log of term-handled\/main\n {2}- after the hook/)
    expect(text).to.match(/- Pod Warning FailedPreStopHook/)
    expect(ran.stdout).to.include(text.slice(text.indexOf('Twins:'), text.lastIndexOf('```')).trim())
  })

  it('of one cluster twice are refused', async () => {
    const ran = await twins('simulator,simulator')
    expect([ran.code, ran.stderr]).to.deep.equal([
      2,
      'podproof: --cluster simulator,simulator: simulator is there twice\n',
    ])
  })
})
