// The simulator in the place of k3s: the K3s module of testcontainers starts our image, and the lifecycles pass through it over TLS.

import { expect } from 'chai'
import { K3sContainer } from '@testcontainers/k3s'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { reportInLines } from '../../src/report/report-lines.ts'
import type { RunReport } from '../../src/report/run-report.ts'
import { docker } from '../support/docker.ts'
import type { Docker } from '../support/docker.ts'
import { runPodproof } from '../support/run-podproof.ts'
import { simulatorImage } from '../support/simulator-image.ts'
import { projectOf, specOf } from '../units/cli/fixtures.ts'
import { printed, startPodproof } from '../units/cli/run.ts'

/** All of the suite in a full run; else what a Pod's hooks, init containers and end are about. */
const IS_FULL = process.env['PODPROOF_FULL'] === '1'
const SPECS = IS_FULL
  ? ['specs/lifecycle']
  : ['specs/lifecycle/hooks.spec.ts', 'specs/lifecycle/termination.spec.ts']
/** What no container of k3s can do: its kubelet is a part of its only process, which is the API server too. */
const NOT_ON_K3S = /^this cluster lets nobody (?:kill a sandbox|restart its kubelet)$/

/** What the module asks for, without the privileges that some engines cannot give, and the simulator does not need. */
class Unprivileged extends K3sContainer {
  constructor(image: string) {
    super(image)
    this.hostConfig.Privileged = false
  }
}

describe('the image of the simulator', function () {
  this.timeout(IS_FULL ? 1_200_000 : 300_000)
  let engine: Docker
  let image = ''
  let folder = ''
  let runs = 0
  const environment = process.env

  before(async function () {
    const found = await docker()
    if ('reason' in found) {
      console.log(`      skipped: ${found.reason}`)
      this.skip()
    } else {
      engine = found
      folder = mkdtempSync(join(tmpdir(), 'podproof-k3s-'))
      process.env = { ...environment, DOCKER_HOST: found.host, TESTCONTAINERS_RYUK_DISABLED: 'true' }
      image = simulatorImage(found)
    }
  })

  after(async () => {
    process.env = environment
    if (folder === '') return
    await engine.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Runs specs on a cluster to their end; answers the report, of which no test has failed. */
  async function passing(specs: readonly string[], cluster: readonly string[], env: NodeJS.ProcessEnv) {
    const reports = join(folder, `reports-${++runs}`)
    const report = join(reports, 'report.json')
    const args = ['test', ...specs, '--cluster', ...cluster, '--reports', reports, '--report-json', report]
    const ran = await runPodproof(args, { env })
    expect(ran.code, ran.stdout + ran.stderr).to.equal(0)
    const { tests } = JSON.parse(readFileSync(report, 'utf8')) as RunReport
    // A run without tests has proved nothing.
    expect(tests.filter(({ state }) => state === 'passed')).to.not.have.length(0)
    return tests
  }

  const ownContainers = () =>
    engine.run('ps', '--all', '--format', '{{.ID}}', '--filter', 'label=podproof.dev/owner').trim()

  it('started by the K3s module of testcontainers passes the lifecycles over TLS, unchanged', async () => {
    const Container = engine.isPrivileged ? K3sContainer : Unprivileged
    const container = await new Container(image).start()
    try {
      const kubeconfig = join(folder, 'kubeconfig')
      writeFileSync(kubeconfig, container.getKubeConfig(), { mode: 0o600 })
      await passing(SPECS, ['kubeconfig'], { KUBECONFIG: kubeconfig })
    } finally {
      await container.stop()
    }
  })

  it('passes them as the cluster k3s, where its node is seen too, and is removed at the end', async () => {
    const specs = IS_FULL ? SPECS : ['specs/lifecycle/init-containers.spec.ts']
    const tests = await passing(specs, ['k3s', '--k3s', image], process.env)
    const onNode = tests.find(({ title }) => title.at(-1)?.startsWith('the exited init containers stay'))
    expect(onNode?.state).to.equal('passed')
    for (const { state, reason = '' } of tests) if (state === 'skipped') expect(reason).to.match(NOT_ON_K3S)
    expect(ownContainers()).to.equal('')
  })

  it('that cannot be given an image says what the node has said', async () => {
    const given = (name: string) =>
      runPodproof(['test', ...SPECS, '--cluster', 'k3s', '--k3s', image, '--preload', name], {
        env: process.env,
      })
    const absent = await given('nobody/has-this:1')
    expect([absent.code, absent.stderr.split('\n').at(-3)]).to.deep.equal([
      3,
      'podproof: the engine does not have the image nobody/has-this:1 that k3s is to be given',
    ])
    writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY Dockerfile /\n')
    engine.run(
      'build',
      '--quiet',
      '--tag',
      'podproof-tiny:spec',
      '--file',
      join(folder, 'Dockerfile'),
      folder,
    )
    const refused = await given('podproof-tiny:spec')
    expect(refused.code).to.equal(3)
    expect(refused.stderr).to.match(/podproof: k3s does not take the image podproof-tiny:spec: .*\bctr\b/)
    expect(ownContainers()).to.equal('')
  })

  it('that ends before it is ready shows the end of its log', async () => {
    const ran = await runPodproof(['test', ...SPECS, '--cluster', 'k3s', '--k3s', 'podproof-base:spec'], {
      env: process.env,
    })
    expect(ran.code).to.equal(3)
    expect(ran.stderr).to.match(/podproof: k3s cannot be started from podproof-base:spec/)
    expect(ownContainers()).to.equal('')
  })

  describe('under a run that is ended before its time', () => {
    let project: ReturnType<typeof projectOf>
    before(() => {
      project = projectOf({
        'a.spec.ts': specOf("expectPod('p').toShowStatus('Pending')"),
        'b.spec.ts': specOf("cluster.pass('1000000h')"),
      })
    })
    after(() => project.remove())

    const started = () =>
      startPodproof(['test', 'a.spec.ts', 'b.spec.ts', '--cluster', 'k3s', '--k3s', image], {
        cwd: project.folder,
        env: process.env,
      })

    it('is removed after SIGINT in a test, and while it starts', async () => {
      for (const isStarting of [false, true]) {
        const child = started()
        const ended = once(child, 'exit')
        if (!isStarting) await printed(child, '✔ waits')
        else while (ownContainers() === '') await wait(20)
        child.kill('SIGINT')
        expect(await ended).to.deep.equal([130, null])
        expect(ownContainers(), isStarting ? 'while it starts' : 'in a test').to.equal('')
      }
    })

    it('stays after SIGKILL, until podproof sweep', async () => {
      const child = started()
      const ended = once(child, 'exit')
      await printed(child, '✔ waits')
      const sweep = () => runPodproof(['sweep', '--cluster', 'k3s'], { env: process.env })
      expect((await sweep()).stdout).to.match(/^kept /)
      child.kill('SIGKILL')
      await ended
      expect(ownContainers()).to.not.equal('')
      expect((await sweep()).stdout).to.match(/^removed /)
      expect(ownContainers()).to.equal('')
    })
  })

  it('is taken again by a run that asks for it, and is removed by podproof sweep', async () => {
    const specs = ['specs/lifecycle/restart-policy.spec.ts']
    const reused = ['k3s', '--k3s', image, '--reuse-k3s']
    await passing(specs, reused, process.env)
    const first = ownContainers()
    await passing(specs, reused, process.env)
    expect([ownContainers(), first.split('\n').length]).to.deep.equal([first, 1])
    await runPodproof(['sweep', '--cluster', 'k3s'], { env: process.env })
    expect(ownContainers()).to.equal('')
  })

  it('runs a shard as the Pods of podproof distribute do: no rights, and nothing to write to but /tmp', () => {
    const project = join(folder, 'project')
    mkdirSync(project)
    writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(project, 'a.spec.ts'), specOf("expectPod('p').toShowStatus('Pending')"))
    const options = ['--rm', '--read-only', '--user', '65532:65532', '--cap-drop', 'ALL', '--tmpfs', '/tmp']
    const place = ['--volume', `${project}:/project:ro`, '--workdir', '/project']
    const args = ['test', 'a.spec.ts', '--shard', 'job/2', '--report-log', '--reports', '/tmp/reports']
    const logs = [0, 1].map((index) =>
      engine.run('run', ...options, ...place, '--env', `JOB_COMPLETION_INDEX=${index}`, image, ...args),
    )
    const tests = logs.flatMap((log) => reportInLines(log.split('\n'))?.tests ?? [])
    expect(tests.map(({ file, state }) => `${file} ${state}`)).to.deep.equal(['a.spec.ts passed'])
  })
})
