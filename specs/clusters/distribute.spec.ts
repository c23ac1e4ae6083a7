// A suite distributed over the Pods of an Indexed Job, by the simulator's own Job controller: the report is that of one run.

import { expect } from 'chai'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import type { ManifestObject } from '../../src/cluster/manifest.ts'
import { namespacesOfTests } from '../support/namespaces-of-tests.ts'
import { runPodproof } from '../support/run-podproof.ts'
import { serveClusters } from '../support/served-clusters.ts'
import type { ServedClusters } from '../support/served-clusters.ts'
import { projectOf, specOf } from '../units/cli/fixtures.ts'

const SHARDS = 3
const SPECS = ['a', 'b', 'c'].map((name) => `${name}.spec.ts`)
const FAILING = 'c.spec.ts'

describe('podproof distribute', function () {
  this.timeout(180_000)
  let project: ReturnType<typeof projectOf>
  let clusters: ServedClusters

  before(async () => {
    clusters = await serveClusters({ engine: {} })
    project = projectOf({
      'a.spec.ts': specOf("expectPod('p').toShowStatus('Pending')"),
      'b.spec.ts': specOf("expectPod('p').toStay('Pending').for('1m')"),
      [FAILING]: specOf("expectPod('p').toShowStatus('Running', { within: '1s' })"),
    })
    await printShards()
  })
  after(async () => {
    await clusters.close()
    project.remove()
  })

  const at = (...names: readonly string[]) => join(project.folder, ...names)
  const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    runPodproof(args, { cwd: project.folder, env })

  /** What the Pods of a real engine would print, as files: node is no program of the simulator's images. */
  async function printShards(): Promise<void> {
    mkdirSync(at('logs'))
    for (let index = 0; index < SHARDS; index++) {
      const args = ['test', ...SPECS, '--shard', `job/${SHARDS}`, '--report-log', '--reports', at('pods')]
      const { stdout, code } = await run(args, { JOB_COMPLETION_INDEX: String(index) })
      writeFileSync(at('logs', `${index}.txt`), `${stdout}code ${code}\n`)
    }
  }

  /** Each Pod prints what its shard has printed, and ends as it has ended. */
  const PRINTING =
    'cat logs/$JOB_COMPLETION_INDEX.txt; exit $(sed -n "s/^code //p" logs/$JOB_COMPLETION_INDEX.txt)'

  const distribute = (command: string, ...args: readonly string[]) => {
    const job = [
      '--shards',
      String(SHARDS),
      '--image',
      'busybox:1.28',
      '--include',
      'logs/*.txt',
      '--command',
      command,
    ]
    return run(['distribute', ...SPECS, ...job, ...args], { KUBECONFIG: clusters.kubeconfig })
  }

  /** What is left on the cluster of runs that have ended. */
  const left = async () => {
    const { store } = clusters.simulators['engine'] ?? {}
    const roles = ['clusterroles', 'clusterrolebindings'].flatMap((plural) => store?.list(plural) ?? [])
    return [
      ...(await namespacesOfTests(clusters.kubeconfig)),
      ...roles
        .filter(({ metadata }) => metadata.labels?.['podproof.dev/test'])
        .map(({ metadata }) => metadata.name),
    ]
  }

  it('brings back the report of one run, and removes everything that it has made', async () => {
    const ran = await distribute(PRINTING, '--reports', at('merged'))
    expect(ran.stderr).to.match(/\n3 of 3 shards have ended, 0 run\n$/)
    expect(ran.stdout).to.match(/2 tests passed, 1 failed; \d+ of \d+ claims held/)
    expect(ran.code).to.equal(1)
    await run(['test', ...SPECS, '--reports', at('whole')])
    for (const name of readdirSync(at('whole', 'simulator')))
      expect(readFileSync(at('merged', 'simulator', name), 'utf8')).to.equal(
        readFileSync(at('whole', 'simulator', name), 'utf8'),
      )
    expect(await left()).to.deep.equal([])
  })

  it('is no run when a shard brings no report: the end of its log is shown', async () => {
    const ran = await distribute(`[ $JOB_COMPLETION_INDEX = 1 ] && { echo no room; exit 3; }; ${PRINTING}`)
    expect(ran.code).to.equal(3)
    expect(ran.stderr).to.match(/1 of 3 shards have brought no report\n[\s\S]*shard 2:\n +no room/)
    expect(await left()).to.deep.equal([])
  })

  it('ends when the image cannot be had, and says what to do', async () => {
    const ran = await distribute('true', '--image', 'nowhere.invalid/podproof:1')
    expect(ran.code).to.equal(3)
    expect(ran.stderr).to.match(/the Pod \S+ cannot start: (?:Err)?ImagePull/)
    expect(await left()).to.deep.equal([])
  })

  it('writes what it would create as manifests that a cluster takes', async () => {
    const args = ['--image', 'example.com/podproof', '--output', at('job.yaml'), '--namespace', 'mine']
    const ran = await run(['distribute', 'a.spec.ts', '--shards', '2', ...args])
    expect(ran.code, ran.stderr).to.equal(0)
    const objects = parseAllDocuments(readFileSync(at('job.yaml'), 'utf8')).map(
      (each) => each.toJS() as ManifestObject,
    )
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).to.deep.equal([
      'Namespace mine',
      'ServiceAccount podproof',
      'ClusterRole mine',
      'ClusterRoleBinding mine',
      'ConfigMap project-0',
      'Job mine',
    ])
  })
})
