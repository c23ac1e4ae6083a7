// The simulator in the place of k3s: the K3s module of testcontainers starts our image, and the lifecycles pass through it over TLS.

import { expect } from 'chai'
import { K3sContainer } from '@testcontainers/k3s'
import type { StartedK3sContainer } from '@testcontainers/k3s'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { docker } from '../support/docker.ts'
import type { Docker } from '../support/docker.ts'
import { runPodproof } from '../support/run-podproof.ts'
import type { Ended } from '../support/run-podproof.ts'
import { simulatorImage } from '../support/simulator-image.ts'

/** All of the suite in a full run; else what a Pod's hooks, init containers and end are about. */
const IS_FULL = process.env['PODPROOF_FULL'] === '1'
const SPECS = IS_FULL
  ? ['specs/lifecycle']
  : ['specs/lifecycle/hooks.spec.ts', 'specs/lifecycle/termination.spec.ts']

/** What the module asks for, without the privileges that some engines cannot give, and the simulator does not need. */
class Unprivileged extends K3sContainer {
  constructor(image: string) {
    super(image)
    this.hostConfig.Privileged = false
  }
}

describe('the image of the simulator', function () {
  this.timeout(IS_FULL ? 1_200_000 : 300_000)
  let engine: Docker | undefined
  let image = ''
  let folder = ''
  const environment = process.env

  before(async function () {
    const found = await docker()
    if ('reason' in found) {
      console.log(`      skipped: ${found.reason}`)
      return this.skip()
    }
    engine = found
    folder = mkdtempSync(join(tmpdir(), 'podproof-k3s-'))
    process.env = { ...environment, DOCKER_HOST: found.host, TESTCONTAINERS_RYUK_DISABLED: 'true' }
    image = simulatorImage(found)
  })

  after(async () => {
    process.env = environment
    await engine?.stop()
    if (folder !== '') rmSync(folder, { recursive: true, force: true })
  })

  describe('started by the K3s module of testcontainers', () => {
    let container: StartedK3sContainer
    let kubeconfig = ''

    before(async () => {
      const Container = engine?.isPrivileged ? K3sContainer : Unprivileged
      container = await new Container(image).start()
      kubeconfig = join(folder, 'kubeconfig')
      writeFileSync(kubeconfig, container.getKubeConfig(), { mode: 0o600 })
    })

    after(() => container.stop())

    it('passes the lifecycles over TLS, unchanged', async () => {
      const reports = join(folder, 'reports')
      const ran = await runPodproof(
        ['test', ...SPECS, '--cluster', 'kubeconfig', '--reports', reports, '--json'],
        { env: { KUBECONFIG: kubeconfig } },
      )
      expect(failuresOf(ran)).to.deep.equal([])
      expect(ran.code).to.equal(0)
    })
  })

  it('passes them as the cluster k3s, whose container is removed at the end', async () => {
    const reports = join(folder, 'reports')
    const specs = IS_FULL ? SPECS : ['specs/lifecycle/termination.spec.ts']
    const ran = await runPodproof(
      ['test', ...specs, '--cluster', 'k3s', '--k3s', image, '--reports', reports, '--json'],
      { env: process.env },
    )
    expect(failuresOf(ran)).to.deep.equal([])
    expect(ran.code, ran.stderr).to.equal(0)
    expect(engine?.run('ps', '--all', '--quiet', '--filter', 'label=podproof.dev/owner')).to.equal('')
  })
})

interface Reported {
  readonly tests: readonly {
    readonly title: readonly string[]
    readonly state: string
    readonly failure?: string
  }[]
}

/** A run without tests has proved nothing. */
function failuresOf({ stdout, stderr }: Ended): readonly string[] {
  if (!stdout.includes('{')) return [stderr]
  const { tests } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as Reported
  if (!tests.some(({ state }) => state === 'passed')) return ['no test has passed']
  return tests
    .filter(({ state }) => state === 'failed')
    .map(({ title, failure }) => `${title.join(' ')}: ${failure}`)
}
