// Many who use one cluster at once do not disturb each other: two suites, and many workers of one.

import { expect } from 'chai'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { settingsOf } from '../../src/mocha/settings.ts'
import type { RunReport } from '../../src/report/run-report.ts'
import { namespacesOfTests } from '../support/namespaces-of-tests.ts'
import { runPodproof } from '../support/run-podproof.ts'
import { serveClusters } from '../support/served-clusters.ts'
import type { ServedClusters } from '../support/served-clusters.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { projectOf } from '../units/cli/fixtures.ts'

/** Sixteen in a full run: each is a process that has to be started. */
const WORKERS = process.env['PODPROOF_FULL'] === '1' ? 16 : 4
const root = fileURLToPath(new URL('../../', import.meta.url))

/** Everywhere the same Pod by name, with another end: whoever sees that of another has been disturbed. */
const specOfWorker = (index: number) => `
import { cluster, expectPod } from 'podproof'

describe('worker ${index}', () => {
  it('sees its own Pod only', async () => {
    await cluster.apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: {
        restartPolicy: 'Never',
        containers: [
          { name: 'c', image: 'busybox:1.28', command: ['sh', '-c', 'echo ${index}; sleep ${5 + index}; exit ${index}'] },
        ],
      },
    })
    await expectPod('p').toBeReady()
    await expectPod('p').exec('sh', '-c', 'echo $HOSTNAME').toPrint('p')
    await expectPod('p').container('c').toLog('${index}')
    await expectPod('p').container('c').toExitWith(${index})
    await cluster.delete('pod/p')
    await expectPod('p').toBeDeleted({ atMost: '5s' })
  })
})
`

describe('one cluster', function () {
  this.timeout(600_000)
  const folder = temporaryFolder()
  let clusters: ServedClusters

  before(async () => {
    clusters = await serveClusters({ shared: {} })
  })
  after(() => clusters.close())

  it('holds two suites at once', async () => {
    const suites = ['hooks', 'init-containers'].map((name) =>
      runPodproof(
        [
          'test',
          `specs/lifecycle/${name}.spec.ts`,
          '--cluster',
          'kubeconfig',
          '--reports',
          join(folder(), name),
        ],
        { env: { KUBECONFIG: clusters.kubeconfig } },
      ),
    )
    for (const { code, stdout } of await Promise.all(suites)) expect(code, stdout).to.equal(0)
    expect(await namespacesOfTests(clusters.kubeconfig)).to.deep.equal([])
  })

  it(`holds ${WORKERS} workers of one suite at once`, async () => {
    const files = Array.from({ length: WORKERS }, (_, index) => [
      `worker-${index}.spec.ts`,
      specOfWorker(index),
    ])
    const project = projectOf(Object.fromEntries(files) as Record<string, string>)
    try {
      const ran = await mochaInParallel(project.folder)
      expect(ran.status, ran.output).to.equal(0)
      const report = join(folder(), 'workers', 'kubeconfig-shared', 'report.json')
      const { tests } = JSON.parse(readFileSync(report, 'utf8')) as RunReport
      expect(tests.map(({ state }) => state)).to.deep.equal(Array(WORKERS).fill('passed'))
      expect(await namespacesOfTests(clusters.kubeconfig)).to.deep.equal([])
    } finally {
      project.remove()
    }
  })

  async function mochaInParallel(project: string) {
    const settings = {
      ...settingsOf({ cluster: 'kubeconfig:shared', specs: ['*.spec.ts'] }),
      reportsFolder: join(folder(), 'workers'),
    }
    const args = [
      `--import=${import.meta.resolve('tsx')}`,
      '--conditions=podproof-source',
      join(root, 'node_modules/mocha/bin/mocha.js'),
      '--no-config',
      '--parallel',
      `--jobs=${WORKERS}`,
      `--require=${join(root, 'src/mocha/root-hooks.ts')}`,
      `--reporter=${join(root, 'src/mocha/reporter.ts')}`,
      '*.spec.ts',
    ]
    const { PODPROOF_SPOOL: _spool, ...environment } = process.env
    const child = spawn(process.execPath, args, {
      cwd: project,
      env: { ...environment, KUBECONFIG: clusters.kubeconfig, PODPROOF_SETTINGS: JSON.stringify(settings) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const [status] = (await once(child, 'close')) as [number | null]
    return { status, output }
  }
})
