// What podproof test does on a cluster that it does not own: keeps what failed when asked, substitutes images, and says so.

import { expect } from 'chai'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { RunReport } from '../../src/report/run-report.ts'
import { namespacesOfTests } from '../support/namespaces-of-tests.ts'
import { runPodproof } from '../support/run-podproof.ts'
import { serveClusters } from '../support/served-clusters.ts'
import type { ServedClusters } from '../support/served-clusters.ts'
import { projectOf, specOf } from '../units/cli/fixtures.ts'

const SUBSTITUTED = `
import { cluster, expectPod } from 'podproof'

describe('a Pod', () => {
  it('whose image can no longer be pulled runs another', async () => {
    await cluster.apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'c', image: 'registry.invalid/app:1', command: ['sleep', '3600'] }] },
    })
    await expectPod('p').toBeReady()
    await expectPod('p').container('c').toRunImage('busybox:1.28')
  })
})
`

describe('a cluster behind a kubeconfig', function () {
  this.timeout(120_000)
  let project: ReturnType<typeof projectOf>
  let clusters: ServedClusters

  before(async () => {
    clusters = await serveClusters({ ours: {} })
    project = projectOf({
      'fails.spec.ts': specOf("expectPod('p').toShowStatus('Running', { within: '1s' })"),
      'holds.spec.ts': specOf("expectPod('p').toShowStatus('Pending')"),
      'substituted.spec.ts': SUBSTITUTED,
    })
  })
  after(async () => {
    await clusters.close()
    project.remove()
  })

  const run = (...args: readonly string[]) =>
    runPodproof(args, { cwd: project.folder, env: { KUBECONFIG: clusters.kubeconfig } })
  const left = () => namespacesOfTests(clusters.kubeconfig)

  it('keeps the namespace of a test that failed, and no other, until it is swept', async () => {
    const specs = ['fails.spec.ts', 'holds.spec.ts']
    const ran = await run('test', ...specs, '--cluster', 'kubeconfig', '--keep-failed')
    expect(ran.code).to.equal(1)
    const [kept = '', ...others] = await left()
    expect(others).to.deep.equal([])
    expect(ran.stderr).to.equal(`kept for a look, until podproof sweep: namespace ${kept}\n`)
    expect((await run('sweep', '--older-than', '0s')).stdout).to.match(new RegExp(`^removed +${kept} `, 'm'))
    expect(await left()).to.deep.equal([])
  })

  it('keeps nothing unless it is asked', async () => {
    expect((await run('test', 'fails.spec.ts', '--cluster', 'kubeconfig')).code).to.equal(1)
    expect(await left()).to.deep.equal([])
  })

  it('runs images in the place of others, and every report says which', async () => {
    const image = 'registry.invalid/app:1=busybox:1.28'
    const ran = await run('test', 'substituted.spec.ts', '--cluster', 'kubeconfig', '--image', image)
    expect(ran.code, ran.stdout).to.equal(0)
    const folder = readdirSync(join(project.folder, 'reports')).find((name) => name.includes('busybox')) ?? ''
    const texts = ['report.json', 'report.md', 'report.html'].map((name) =>
      readFileSync(join(project.folder, 'reports', folder, name), 'utf8'),
    )
    const report = JSON.parse(texts[0] ?? '') as RunReport
    expect(report.cluster.name).to.equal(`kubeconfig:ours with ${image}`)
    for (const text of texts) expect(text).to.include(`kubeconfig:ours with ${image}`)
  })
})
